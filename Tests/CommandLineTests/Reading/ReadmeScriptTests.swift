import Foundation
import RunModel
import RunServices
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The commands of the README's section for scripts, as they stand, in one shell.
@Suite struct ReadmeScriptTests {
    private static let commands: String = {
        let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "README.md")
        let text = (try? String(contentsOf: readme, encoding: .utf8)) ?? ""
        let section = text.components(separatedBy: "\n## In scripts and pipes\n").last ?? ""
        let block = section.components(separatedBy: "\n```sh\n").dropFirst().first ?? ""
        return block.components(separatedBy: "\n```").first ?? ""
    }()

    @Test func eachCommandSucceeds() async throws {
        let binary = try Binary()
        let tools = binary.place.path + "/bin"
        try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: tools + "/runwatch", withDestinationPath: Binary.path)
        // In place of a script that trains.
        let python = "#!/bin/sh\nfor loss in 3 1 2; do runwatch log loss=$loss; done\necho trained\n"
        try python.write(toFile: tools + "/python", atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tools + "/python")
        // One that was there before.
        _ = try await binary.call("exec", "-e", "explore-runs", "--", "true")
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-e", "-c", Self.commands],
            environment: binary.environment([
                "PATH": tools + ":/usr/bin:/bin", "RUNWATCH_SERVICE": binary.store,
            ]), workingDirectory: FilePath(binary.place.path), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        let output = result.standardOutput
        #expect(result.terminationStatus == .exited(0), "\(output) \(result.standardError)")
        #expect(Self.commands.split(separator: "\n").count > 10)
        #expect(output.hasPrefix("trained\n") && output.contains("completed\n"))
        #expect(output.contains("\"loss\": 2.0") && output.contains("| params.lr | 0.1 | – |"))
        #expect(result.standardError == "Wrote 2 runs.\n")
        for (file, count) in [("loss.csv", 4), ("runs.csv", 3), ("runs.metrics.csv", 4)] {
            let text = try String(contentsOfFile: binary.place.path + "/" + file, encoding: .utf8)
            // On a busy machine the run lasts long enough for samples of what it uses.
            let lines = text.split(separator: "\n").filter { file == "runs.csv" || !$0.contains("system/") }
            #expect(lines.count == count, "\(file)")
        }
    }
}
