import ArgumentParser
import Foundation
import Subprocess
import SystemPackage
import Testing

@testable import runwatch

/// Help and manual, of every command that there is.
@Suite struct ManualTests {
    static let commands = CommandDescription(help: Runwatch._dumpHelp())?.all ?? []

    @Test(arguments: commands.map(\.path)) func everyCommandShowsAnExample(_ path: String) throws {
        let command = try #require(Self.commands.first { $0.path == path })
        // Of a group, each of its commands shows one.
        guard command.subcommands.isEmpty else { return }
        #expect(
            command.discussion.split(separator: "\n").contains { $0.hasPrefix("  ") && $0.contains(path) },
            "put a line like “  \(path) …” into the discussion")
    }

    @Test func theManualHasEveryCommandAndOption() throws {
        let page = try #require(ManualPage(help: Runwatch._dumpHelp())).text
        #expect(Self.commands.count > 10)
        for command in Self.commands.dropFirst() {
            #expect(page.contains(".SS \(ManualPage.escaped(command.path))\n"))
            for name in command.arguments.flatMap(\.names) {
                #expect(page.contains("\\fB\(ManualPage.escaped(name))\\fR"))
            }
        }
        for line in page.split(separator: "\n") where line.hasPrefix(".") {
            let request = line.dropFirst().prefix { $0.isLetter }
            #expect(["TH", "SH", "SS", "TP", "P", "B", "nf", "fi", "RS", "RE"].contains(String(request)), "\(line)")
        }
        #expect(!page.contains("’") && page.hasPrefix(".TH RUNWATCH 1"))
    }

    /// Where there is a man(1); Debian's image of this project's tests has none.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/groff")))
    func groffFindsNoFault() async throws {
        let binary = try Binary()
        let script = "\"$0\" man | groff -man -Tutf8 -ww -z"
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", script, Binary.path], environment: binary.environment(),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        #expect(result.standardError.isEmpty && result.terminationStatus == .exited(0))
    }
}
