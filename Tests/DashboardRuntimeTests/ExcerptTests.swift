import DashboardCore
import Foundation
import RunModel
import TerminalUI
import TestSupport
import Testing

@testable import DashboardRuntime

/// Texts and files that leave the dashboard, and notes in an editor.
@MainActor
@Suite(.serialized) struct ExcerptTests {
    private static let now = Timestamp(milliseconds: 1_772_355_600_000)

    private static var runs: [Run] {
        var runs = [Run.make("a"), Run.make("b")]
        runs[0].name = "one,\"two\" | \u{1B}[31m"
        runs[0].params = Params([("lr", "0.1")])
        runs[1].params = Params([("lr", "0.2")])
        return runs
    }

    private static let columns = [RunColumn(.id), RunColumn(.name), RunColumn(.param("lr"), title: "lr")]

    private func text(_ listing: ShownListing, _ format: ListingFormat) throws -> String {
        String(decoding: try ListingText.bytes(of: listing, as: format), as: UTF8.self)
    }

    @Test func aListIsWrittenAsTheCommandLineDoes() throws {
        let listing = ShownListing.runs(Self.runs, columns: Self.columns, at: Self.now)
        #expect(try text(listing, .csv) == "id,name,lr\na,\"one,\"\"two\"\" | \u{1B}[31m\",0.1\nb,run b,0.2\n")
        #expect(try text(listing, .markdown).hasPrefix("| id | name | lr |\n|---|---|---|\n| a | one,\"two\" \\| ?"))
        let decoded = try JSONSerialization.jsonObject(with: Data(try text(listing, .json).utf8))
        #expect((decoded as? [[String: Any]])?.last?["lr"] as? String == "0.2")
    }

    @Test func aComparisonIsWrittenAsTheCommandLineDoes() throws {
        let listing = ShownListing.comparison(RunComparison(Self.runs, all: false, at: Self.now))
        #expect(try text(listing, .csv).hasSuffix("\nparams.lr,0.1,0.2\n"))
        #expect(try text(listing, .markdown).contains("| params.lr | 0.1 | 0.2 |"))
        #expect(try text(listing, .json).contains("\"field\": \"params.lr\""))
    }

    @Test func aFileIsNeverOverwritten() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/runs.csv"
        #expect(NewFile.write(Array("one".utf8), to: path) == nil)
        #expect(NewFile.write(Array("two".utf8), to: path)?.contains("exists already") == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "one")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link.csv", withDestinationPath: "nowhere")
        #expect(NewFile.write([], to: folder.path + "/link.csv")?.contains("exists already") == true)
        #expect(NewFile.write([], to: folder.path + "/no/such.csv")?.contains("cannot be written") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["link.csv", "runs.csv"])
    }

    @Test func whatIsCopiedCannotSteerATerminal() async throws {
        let rig = try Rig(GatedService(runs: Self.runs))
        let listing = ShownListing.runs(Self.runs, columns: Self.columns, at: Self.now)
        for excerpt in [Excerpt.text("a\u{1B}]0;x\u{7}\nb"), .listing(listing, .csv)] {
            let request = CopyRequest(what: "it", excerpt: excerpt, isForScreen: true)
            guard case .text(let text, true) = rig.program.copy(request) else {
                Issue.record("no text")
                continue
            }
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        }
        #expect(rig.terminal.signals.isEmpty)
        let short = CopyRequest(what: "it", excerpt: .text("a"), isForScreen: false)
        #expect(rig.program.copy(short) == .sent)
        #expect(rig.terminal.signals == [.clipboard("a")])
        let long = CopyRequest(
            what: "it", excerpt: .text(String(repeating: "a", count: 80_000)), isForScreen: false)
        #expect(rig.program.copy(long) == .tooLong(80_000))
        rig.type("q")
        #expect(await rig.end() == .quit)
    }

    @Test func aNoteIsAFileOfItsOwn() throws {
        let file = try #require(NoteFile("seen twice"))
        defer { file.remove() }
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == "seen twice\n")
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(file.read() == .text("seen twice"))
        try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: file.path))
        guard case .failed = file.read() else {
            Issue.record("no text, and read as one")
            return
        }
    }
}
