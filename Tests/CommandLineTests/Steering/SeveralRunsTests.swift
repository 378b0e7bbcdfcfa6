import Foundation
import RunModel
import RunServices
import TestSupport
import Testing

/// Commands that concern several runs: by name, by the beginning of an id, by filter.
@Suite struct SeveralRunsTests {
    @Test(arguments: SteeringStage.Kind.allCases)
    func `all are tried, and each that cannot be is told`(_ kind: SteeringStage.Kind) async throws {
        let stage = try await SteeringStage(kind)
        let (first, second, over) = (try await stage.start(), try await stage.start(), try await stage.start())
        _ = try await stage.output("complete", over.text)
        // The beginning of an id that is long enough to be alone on a server that other tests use too.
        let answer = try await stage.call(
            "cancel", "-r", String(first.text.prefix(20)), over.text, "nothing", second.text, "-o", "json")
        #expect(answer.status == 1)
        #expect(answer.errors.contains("Completed") && answer.errors.contains("nothing"))
        #expect(answer.errors.contains(#""code":"conflict""#) && answer.errors.contains(#""code":"notFound""#))
        for id in [first, second] {
            #expect(try await stage.run(id).status == .canceled)
            #expect(answer.output.contains(id.text))
        }
        #expect(!answer.output.contains(over.text))
        #expect(try await stage.run(over).status == .completed)
    }

    @Test(arguments: SteeringStage.Kind.allCases)
    func `children are cancelled before their parent`(_ kind: SteeringStage.Kind) async throws {
        let stage = try await SteeringStage(kind)
        let parent = try await stage.start()
        let child = RunID(
            String(try await stage.output("child", "-r", parent.text).split(separator: "\n").first ?? ""))
        let ids = try await stage.output(
            "cancel", parent.text, "--children", "-o", "tsv", "--query", "[].runId")
        #expect(ids == "\(child)\n\(parent)\n")
        for id in [parent, child] { #expect(try await stage.run(id).status == .canceled) }
        let again = try await stage.call("cancel", parent.text)
        #expect(again.status == 1 && again.output.isEmpty && again.errors.contains("Canceled"))
    }

    @Test func `with a filter somebody must agree`() async throws {
        let stage = try await SteeringStage(.embedded)
        let ids = [
            try await stage.start("--tag", "k=1"), try await stage.start("--tag", "k=1"), try await stage.start(),
        ]
        let filter = ["--filter", "tags.k = 1"]
        let refused = try await stage.call(["cancel"] + filter)
        #expect(refused.status == 2 && refused.output.isEmpty)
        #expect(refused.errors.contains("Cancel 2 runs") && refused.errors.contains("--yes"))
        #expect(try await stage.run(ids[0]).status == .running)
        for (typed, isDone) in [("y", false), ("", false), ("3", false), ("2", true)] {
            let answer = try await typing(typed, stage, ["cancel"] + filter)
            #expect(answer.contains("Cancel 2 runs of local"), "\(answer)")
            #expect(try await stage.run(ids[1]).status == (isDone ? .canceled : .running))
        }
        #expect(try await stage.run(ids[2]).status == .running)
        // What is over is not among them any more.
        let none = try await stage.call(["cancel"] + filter + ["--yes"])
        #expect(none.status == 3 && none.errors.contains("nothing to do"))
        #expect(try await stage.call("update", "--filter", "tags.k = 1", "--yes", "--add-tag", "seen").status == 0)
        for id in ids { #expect(try await stage.run(id).tags.keys.contains("seen") == (id != ids[2])) }
    }

    /// What a terminal shows once a line is typed into it.
    private func typing(_ line: String, _ stage: SteeringStage, _ arguments: [String]) async throws -> String {
        let words = ([Binary.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
        let shell = "printf '%s\\n' '\(line)' | script -qec \"\(words)\" /dev/null"
        return try await OtherProgram.run("sh", ["-c", shell], stage.binary).output
    }

    @Test(arguments: [SteeringStage.Kind.embedded, .served, .mlflowServer])
    func `a cancel ends the command, and waits for that`(_ kind: SteeringStage.Kind) async throws {
        let stage = try await SteeringStage(kind)
        let place = stage.binary.place.path
        let id = RunID(
            String(
                try await stage.output(
                    "exec", "-e", stage.experiment, "--detach", "--grace", "30", "--", "sh", "-c",
                    "trap 'echo bye > \(place)/gone; exit' TERM; echo $$ > \(place)/pid; while :; do sleep 0.1; done"
                ).dropLast()))
        _ = try await eventually("the command's trap") { try? String(contentsOfFile: place + "/pid", encoding: .utf8) }
        let status = try await stage.output("cancel", id.text, "--wait", "-o", "tsv", "--query", "status")
        #expect(status == "Canceled\n")
        #expect(FileManager.default.fileExists(atPath: place + "/gone"))
        #expect(try await stage.run(id).status == .canceled)
    }
}
