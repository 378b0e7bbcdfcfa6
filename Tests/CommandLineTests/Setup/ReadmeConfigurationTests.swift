import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The README's section on configuration, as somebody would follow it.
@Suite struct ReadmeConfigurationTests {
    private static func blocks(_ language: String) throws -> [String] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let start = try #require(readme.range(of: "<!-- configuration -->"))
        let end = try #require(readme.range(of: "<!-- /configuration -->"))
        let section = readme[start.upperBound..<end.lowerBound]
        return section.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
    }

    @Test func everyLineOfItWorks() async throws {
        let binary = try Binary()
        let folder = FilePath(Binary.path).removingLastComponent().string
        let lines = try Self.blocks("sh").joined()
        #expect(lines.split(separator: "\n").count >= 5)
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-e", "-c", "unset XDG_CONFIG_HOME RUNWATCH_SERVICE\nPATH=$0:$PATH\n" + lines, folder],
            environment: binary.environment(["HOME": binary.place.path, "TERM": "xterm-256color"]),
            workingDirectory: FilePath(binary.place.path), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        #expect(result.terminationStatus == .exited(0), "\(result.standardError) \(result.standardOutput)")
        #expect(result.standardError.isEmpty)
        for name in [".config/runwatch/config.yaml", ".local/share/bash-completion/completions/runwatch"] {
            #expect(FileManager.default.fileExists(atPath: binary.place.path + "/" + name))
        }
    }

    @Test func theFileInItIsTaken() async throws {
        let binary = try Binary()
        let file = binary.place.path + "/config.yaml"
        let text = try #require(Self.blocks("yaml").first)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        let answer = try await binary.call("config", "-o", "tsv", environment: ["RUNWATCH_CONFIG": file])
        #expect(answer.status == 0 && answer.errors.isEmpty)
        #expect(answer.output.contains("columns\tloss, accuracy\t"))
        #expect(answer.output.contains("services.team.read-only\ttrue\t"))
    }
}
