import TerminalUI
import Testing

@Suite struct RectTests {
    private let rect = Rect(x: 2, y: 1, width: 10, height: 6)

    @Test func splitsAsFarAsThereIsRoom() {
        #expect(rect.split(top: 2).top == Rect(x: 2, y: 1, width: 10, height: 2))
        #expect(rect.split(top: 2).rest == Rect(x: 2, y: 3, width: 10, height: 4))
        #expect(rect.split(top: 9).rest.isEmpty)
        #expect(rect.split(bottom: 2).bottom == Rect(x: 2, y: 5, width: 10, height: 2))
        #expect(rect.split(bottom: 9).rest.isEmpty)
        #expect(rect.split(left: 3).rest == Rect(x: 5, y: 1, width: 7, height: 6))
        #expect(rect.split(right: 3).right == Rect(x: 9, y: 1, width: 3, height: 6))
        #expect(rect.split(left: -1).left.isEmpty)
    }

    @Test func insetNeverTurnsInsideOut() {
        #expect(rect.inset(dx: 1, dy: 1) == Rect(x: 3, y: 2, width: 8, height: 4))
        #expect(rect.inset(dx: 8, dy: 0).isEmpty)
    }

    @Test func meets() {
        #expect(rect.intersection(Rect(x: 0, y: 0, width: 4, height: 4)) == Rect(x: 2, y: 1, width: 2, height: 3))
        #expect(rect.intersection(Rect(x: 20, y: 0, width: 4, height: 4)).isEmpty)
        #expect(rect.contains(x: 11, y: 6))
        #expect(!rect.contains(x: 12, y: 6))
    }

    @Test func centres() {
        #expect(rect.centered(width: 4, height: 2) == Rect(x: 5, y: 3, width: 4, height: 2))
        #expect(rect.centered(width: 40, height: 20) == rect)
    }
}
