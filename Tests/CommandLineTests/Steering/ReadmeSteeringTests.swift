import Foundation
import RunModel
import RunServices
import TestSupport
import Testing

/// The lines that README shows for scripts do what it says.
@Suite struct ReadmeSteeringTests {
    /// The shell commands between two marks.
    private static func block(_ mark: String) throws -> String {
        let readme = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("README.md")
        let text = try String(contentsOf: readme, encoding: .utf8)
        let parts = text.components(separatedBy: "<!-- \(mark) -->\n```sh\n")
        let end = try #require(parts.last?.components(separatedBy: "```\n<!-- /\(mark) -->").first)
        return parts.count == 2 ? end : ""
    }

    /// Runs them one after another, in a folder with a script, and stops at the first that fails.
    private static func run(_ mark: String, _ binary: Binary) async throws -> Binary.Answer {
        let folder = binary.place.path + "/project"
        for name in [folder, binary.place.path + "/bin"] {
            try FileManager.default.createDirectory(atPath: name, withIntermediateDirectories: true)
        }
        try "print('trained')\n".write(toFile: folder + "/train.py", atomically: false, encoding: .utf8)
        try FileManager.default.createSymbolicLink(
            atPath: binary.place.path + "/bin/runwatch", withDestinationPath: Binary.path)
        let script = "set -e; cd '\(folder)'; PATH='\(binary.place.path)/bin':$PATH\n" + (try block(mark))
        return try await OtherProgram.run("sh", ["-c", script], binary)
    }

    @Test func `a run is recorded by hand, steered, deleted and restored`() async throws {
        let binary = try Binary()
        let answer = try await Self.run("steering", binary)
        #expect(answer.status == 0, "\(answer.errors)")
        let runs = try await binary.runs()
        let root = try #require(runs.first { $0.parentID == nil })
        #expect(runs.count == 4 && root.experimentName == "nightly" && root.status == .completed)
        #expect(root.tags.value(forKey: "quality") == "fantastic run" && !root.tags.keys.contains("todo"))
        #expect(root.metrics.value(forKey: "loss")?.step == 1)
        let children = runs.filter { $0.parentID == root.id }
        #expect(Set(children.compactMap { $0.tags.value(forKey: "fold") ?? nil }) == ["1", "2", "3"])
        #expect(children.allSatisfy { $0.status == .canceled })
    }

    @Test func `a folder is attached, and its scripts run`() async throws {
        let binary = try Binary()
        let answer = try await Self.run("az", binary)
        #expect(answer.status == 0, "\(answer.errors)")
        let runs = try await binary.runs()
        #expect(runs.count == 2 && runs.allSatisfy { $0.status == .completed && $0.experimentName == "testexperiment" })
        #expect(answer.output.contains(runs[1].id.text + "\n") && answer.output.hasSuffix("trained\n"))
    }
}
