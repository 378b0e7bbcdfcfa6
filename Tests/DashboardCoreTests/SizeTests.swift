import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Every size and every mode renders without a trap, and never more than the screen holds.
@Suite struct SizeTests {
    private static let sizes: [Size] = {
        let columns = Array(1...45) + [60, 79, 80, 99, 100, 101, 120, 160, 200]
        let rows = Array(1...17) + [23, 24, 25, 40, 60]
        return columns.flatMap { columns in rows.map { Size(columns: columns, rows: $0) } }
    }()

    private static let modes: [(String, [Key])] = [
        ("list", []), ("filter", [.character("/"), .character("("), .character("x")]),
        ("palette", [.character(":"), .character("s")]), ("sort", [.character("o")]), ("help", [.character("?")]),
        ("cancel", [.character("c")]), ("cancel all", [.character("*"), .character("c")]),
        ("fail", [.character("f"), .character("w")]), ("tags", [.character("t"), .character("a"), .character("q")]),
        ("metrics", [.character("2"), .tab]), ("logs", [.character("3"), .tab]),
        ("log search", [.character("3"), .tab, .character("/"), .character("e"), .enter]),
        ("tags page", [.character("4")]), ("children", [.character("5"), .tab]),
        ("zoom", [.character("2"), .character("z")]), ("experiments", [.backTab]),
        ("wrapped log", [.character("3"), .character("w"), .character("z")]),
    ]

    @Test(arguments: modes.map(\.0)) func rendersAtEverySize(mode: String) {
        let keys = Self.modes.first { $0.0 == mode }?.1 ?? []
        for glyphs in [Glyphs.unicode, .ascii] {
            var scene = Gallery.scene(glyphs: glyphs)
            for key in keys {
                scene.press(key)
                scene.settle()
            }
            for size in Self.sizes {
                scene.resize(size.columns, size.rows)
                scene.settle()
                let canvas = scene.dashboard.render()
                #expect(canvas.size == size)
                if glyphs == .ascii, mode != "logs", mode != "wrapped log", mode != "log search" { continue }
                for y in 0..<size.rows {
                    #expect(TerminalText.width(of: canvas.rowText(y)) <= size.columns)
                }
            }
        }
    }

    /// Keys at tiny sizes, where panes have no rows.
    @Test(arguments: [(1, 1), (39, 7), (40, 8), (41, 9), (80, 15), (200, 8)])
    func keysWorkAtTinySizes(columns: Int, rows: Int) {
        var scene = Gallery.scene()
        scene.resize(columns, rows)
        for binding in KeyMap.standard.bindings {
            for key in binding.keys {
                scene.press(key)
                scene.settle()
                scene.press(.down, .pageDown, .up, .end, .home, .escape, .escape)
                scene.settle()
                _ = scene.dashboard.render()
            }
        }
    }

    /// Random keys for a while: no trap, no endless asking, nothing steered without its `y`.
    @Test(arguments: 0..<20) func randomKeys(seed: Int) {
        var random = SeededGenerator(seed)
        var scene = Gallery.scene()
        let letters = "abcdefghijklmnopqrstuvwxzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/:;?*<>+-= ()\"'~日"
        let special: [Key] = [
            .enter, .escape, .tab, .backTab, .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .backspace,
            .delete, .control("c"), .control("d"), .control("u"), .control("l"), .paste("y\n:quit\n"), .focusIn,
        ]
        for _ in 0..<400 {
            // Without y and a, nothing can be confirmed.
            let letter = letters.filter { $0 != "a" }.randomElement(using: &random) ?? "x"
            scene.press(
                Bool.random(using: &random) ? .character(letter) : special.randomElement(using: &random) ?? .enter)
            if Int.random(in: 0..<10, using: &random) == 0 {
                scene.resize(Int.random(in: 1...130, using: &random), Int.random(in: 1...45, using: &random))
            }
            scene.settle()
            if Int.random(in: 0..<10, using: &random) == 0 { scene.poll() }
            _ = scene.dashboard.render()
        }
        let steered = scene.steerings.filter { effect in
            // Tags and names are typed, sent by Enter, and can be put back.
            switch effect {
            case .steer(.editTags, _), .steer(.rename, _): false
            default: true
            }
        }
        #expect(steered == [])
    }
}
