import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

@Suite struct ExportCommandTests {
    private func export(_ stage: ReadingStage, _ arguments: String...) async throws -> Binary.Answer {
        try await stage.call(["export", "-e", stage.experiment] + arguments)
    }

    @Test(arguments: ReadingStage.Kind.allCases) func writesAllAsCSV(_ kind: ReadingStage.Kind) async throws {
        let stage = try await ReadingStage(kind)
        let file = stage.binary.place.path + "/runs.csv"
        let answer = try await export(stage, "--metrics", file)
        #expect(answer.status == 0 && answer.output.isEmpty && answer.errors == "Wrote 5 runs.\n")
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        let titles = lines[0].split(separator: ",")
        #expect(lines.count == 6 && titles.prefix(3) == ["id", "name", "status"])
        for title in ["params.lr", "metrics.accuracy", "metrics.loss", "properties.author", "tags.quality"] {
            #expect(titles.contains(Substring(title)))
        }
        let points = try String(contentsOfFile: stage.binary.place.path + "/runs.metrics.csv", encoding: .utf8)
        #expect(points.split(separator: "\n").count == 6 && points.hasPrefix("run,metric,step,time,value\n"))
    }

    @Test(arguments: ReadingStage.Kind.allCases) func writesAllAsLines(_ kind: ReadingStage.Kind) async throws {
        let stage = try await ReadingStage(kind)
        let answer = try await export(stage, "--metrics", "-")
        let lines = answer.output.split(separator: "\n")
        #expect(answer.status == 0 && lines.count == 5)
        let hello = try #require(lines.first { $0.contains("\"displayName\":\"hello\"") })
        #expect(hello.contains(#""metricHistory":{"accuracy":[{"step":0,"#) && hello.contains(#""step":3,"#))
        let some = try await export(stage, "--status", "failed", "--columns", "id, =lr, count loss", "-o", "csv", "-")
        #expect(some.output == "id,lr,count loss\n\(try stage.id("bad")),,0\n")
    }

    /// What was there before stays when the new one cannot be completed; nothing is left beside it.
    @Test func isThereAsAWholeOrNotAtAll() async throws {
        let stage = try await ReadingStage(.embedded)
        let folder = stage.binary.place.path + "/out"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let file = folder + "/runs.jsonl"
        try "old".write(toFile: file, atomically: false, encoding: .utf8)
        let failed = try await stage.call("export", "--parent", "no-such-run", file)
        #expect(failed.status == 3)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "old")
        let link = folder + "/link.jsonl"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        #expect(try await stage.call("export", link).status == 0)
        #expect(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count == 5)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["link.jsonl", "runs.jsonl"])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
    }

    @Test func writesDevicesInPlaceAndSaysWhatCannotBe() async throws {
        let stage = try await ReadingStage(.embedded)
        #expect(try await stage.call("export", "-o", "csv", "/dev/null").status == 0)
        let full = try await stage.call("export", "-o", "jsonl", "/dev/full")
        #expect(full.status == 1 && full.errors.contains("No space left on device"))
        let nowhere = try await stage.call("export", "/nowhere/runs.csv")
        #expect(nowhere.status == 1 && nowhere.errors.contains("/nowhere/runs.csv cannot be written"))
        for arguments in [["runs.txt"], ["--metrics", "-o", "csv", "-"], []] {
            #expect(try await stage.call(["export"] + arguments).status == 2)
        }
    }
}
