import RunModel
import TestSupport
import Testing

@testable import UserConfiguration

#if canImport(Glibc)
    import Glibc
#endif

/// Views in a configuration file: read, and written without touching anything else.
@Suite struct ViewsBlockTests {
    private static let failed = NamedView(
        name: "failed sweeps", filter: "status:failed", sort: SortOrder(column: .metric("loss"), isDescending: false),
        columns: ["params.lr", "min loss"], experiment: "sweep-lr")

    private func views(_ text: String) throws -> [NamedView] {
        try ConfigurationFile(Array(text.utf8), path: "/config.yaml", name: "config.yaml").views.map(\.value)
    }

    private func saving(_ view: NamedView, in text: String) throws -> String {
        var block = ViewsBlock(text)
        block.save(view, known: try views(text))
        return block.text
    }

    private func deleting(_ name: String, in text: String) throws -> String {
        var block = ViewsBlock(text)
        block.delete(name, known: try views(text))
        return block.text
    }

    @Test func viewsAreRead() throws {
        let read = try views(
            """
            views:
              failed sweeps: {filter: "status:failed", sort: loss asc, columns: [params.lr, min loss], experiment: sweep-lr}
              mine: user = ana
              all:
            """)
        #expect(read == [Self.failed, NamedView(name: "mine", filter: "user = ana"), NamedView(name: "all")])
    }

    @Test func mistakesAreToldWithTheirLines() {
        func faults(_ text: String) -> [String] {
            do throws(ConfigurationFaults) {
                _ = try ConfigurationFile(Array(text.utf8), path: "/c", name: "c")
                return []
            } catch {
                return error.faults.map(\.description)
            }
        }
        #expect(
            faults("views:\n  a:\n    filtre: x\n") == [
                "c:3: there is no setting of a view “filtre”; did you mean filter?"
            ])
        #expect(faults("views:\n  a: \"status:(\"\n").first?.hasPrefix("c:2: views.a: ") == true)
        #expect(faults("views: 3\n").first?.hasPrefix("c:1: views takes a name and what it shows") == true)
        #expect(faults("views:\n  a: {sort: [1]}\n").count == 1)
    }

    private static let file = """
        # mine, by hand
        interval: 5   # slow line

        views:
          # of the paper
          paper:
            filter: tag.paper = yes  # kept

          # the rest
          mine: user = ana
        # about keys
        keys:
          mark: m
        """

    @Test func onlyTheLinesOfThatViewChange() throws {
        let added = try saving(Self.failed, in: Self.file + "\n")
        #expect(
            added
                == Self.file.replacing(
                    "  mine: user = ana\n",
                    with: """
                          mine: user = ana
                          failed sweeps:
                            experiment: sweep-lr
                            filter: "status:failed"
                            sort: loss asc
                            columns: [params.lr, min loss]

                        """) + "\n")
        let changed = try saving(NamedView(name: "mine", filter: "user = bob"), in: added)
        #expect(changed == added.replacing("  mine: user = ana\n", with: "  mine:\n    filter: \"user = bob\"\n"))
        let again = try deleting("mine", in: try deleting("failed sweeps", in: changed))
        #expect(again.contains("  # of the paper\n  paper:\n    filter: tag.paper = yes  # kept\n"))
        #expect(
            again.contains("# about keys\nkeys:\n  mark: m\n")
                && again.hasPrefix("# mine, by hand\ninterval: 5   # slow"))
        #expect(try views(again).map(\.name) == ["paper"])
        #expect(try views(try deleting("paper", in: again)).isEmpty)
    }

    @Test(arguments: [
        "", "# nothing\n", "interval: 5", "views:\n", "views: {}\n", "views:\n# later\n",
        "views: ~  # none\ninterval: 3\n",
        "interval: 5\nviews: {a: \"x\", b: {filter: \"y\"}}\nlimit: 5\n", "views:\n    wide:\n        filter: x\n",
        "views:\r\n  a: x\r\ninterval: 5\r\n", "\u{FEFF}interval: 5\n", "keys:\n  mark: m\nviews:\n  a: x",
    ])
    func aViewCanBePutIntoAnyFile(_ text: String) throws {
        let before = try views(text)
        let after = try saving(Self.failed, in: text)
        #expect(try views(after) == before + [Self.failed], "\(after)")
        #expect(try views(try deleting(Self.failed.name, in: after)) == before)
        #expect(try saving(Self.failed, in: after) == after, "the same view again changes nothing")
    }

    /// Whatever people call things: what is written is read back.
    @Test(arguments: 0..<200) func everyViewCanBeWritten(seed: Int) throws {
        var state = UInt64(seed &* 7_919 &+ 17)
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        let texts = [
            "a", "yes", "null", "12", "-x", "# no", "a: b", "a #b", "\"quoted\"", "it's", "{a}", "[b]", "*star", "x *y",
            "&and", "a &b", "back\\slash", "日本", "é", "- dash", "~", "!tag", "%x", "@at", "`tick`", "name ~ \"^a.*b\"",
            "a,b",
        ]
        var text = "interval: 5\n"
        var expected: [NamedView] = []
        for _ in 0..<4 {
            let view = NamedView(
                name: texts[next(texts.count)], filter: ["", "a", "name ~ \"^a.*b\"", "x *y", "'a &b'"][next(5)],
                sort: next(2) == 0 ? nil : SortOrder(column: .metric("val *acc"), isDescending: true),
                columns: (0..<next(4)).map { "\($0)" + texts[next(texts.count)] },
                experiment: next(2) == 0 ? nil : texts[next(texts.count)])
            text = try saving(view, in: text)
            if let index = expected.firstIndex(where: { $0.name == view.name }) {
                expected[index] = view
            } else {
                expected.append(view)
            }
            #expect(try views(text) == expected, "\(text)")
        }
    }

    @Test func theFileIsReplacedWhole() throws {
        let directory = try TemporaryDirectory()
        let place = try #require(ConfigurationPlace(environment: ["XDG_CONFIG_HOME": directory.path]))
        #expect(try place.views().isEmpty)
        #expect(try place.save(Self.failed) == [Self.failed])
        var info = stat()
        #expect(stat(place.path, &info) == 0 && info.st_mode & 0o777 == 0o600)
        // A link stays one, and what it leads to keeps its permissions.
        let real = directory.path + "/real.yaml"
        rename(place.path, real)
        chmod(real, 0o640)
        symlink(real, place.path)
        let mine = NamedView(name: "mine", filter: "user = ana")
        #expect(try place.save(mine) == [Self.failed, mine])
        #expect(lstat(place.path, &info) == 0 && info.st_mode & S_IFMT == S_IFLNK)
        #expect(stat(real, &info) == 0 && info.st_mode & 0o777 == 0o640)
        #expect(try place.deleteView(named: "mine") == [Self.failed] && place.views() == [Self.failed])
    }

    @Test(arguments: ["intervall: 3\n", "{interval: 5}\n", "--- {interval: 5}\n...\n"])
    func aFileThatCannotBeChangedStaysAsItIs(_ text: String) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/config.yaml"
        let file = fopen(path, "w")
        fputs(text, file)
        fclose(file)
        let place = try #require(ConfigurationPlace(environment: ["RUNWATCH_CONFIG": path]))
        #expect(throws: (any Error).self) { try place.save(Self.failed) }
        #expect(FileText.read(path) == text)
    }
}

private enum FileText {
    static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = fread(&buffer, 1, buffer.count, file)
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }
}
