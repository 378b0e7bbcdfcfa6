import Foundation
import Glibc
import LocalStore
import RunModel
import RunServices
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What a shell offers when tab is pressed; in bash itself, the others as far as their scripts can be read.
@Suite struct CompletionTests {
    /// The words that bash would offer at the end of a line.
    private func offers(_ line: String, _ binary: Binary, _ variables: [String: String] = [:]) async throws -> Set<
        String
    > {
        let script = """
            PATH="$(dirname "$binary"):$PATH"
            source <(runwatch completion bash) || exit 1
            complete=$(complete -p runwatch) || exit 1
            function=${complete#*-F }; function=${function%% *}
            COMP_LINE=$line COMP_POINT=${#line}
            read -ra COMP_WORDS <<<"$line"
            [[ $line == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_TYPE=9 COMP_KEY=9
            "$function" runwatch "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" 2>/dev/null
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let more = ["binary": Binary.path, "line": line].merging(variables) { $1 }
        let result = try await Subprocess.run(
            .name("bash"), arguments: ["--norc", "-c", script], environment: binary.environment(more),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
        return Set(result.standardOutput.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
    }

    @Test func subcommandsAndOptionsAreOffered() async throws {
        let binary = try Binary()
        let commands = try await offers("runwatch do", binary)
        #expect(commands == ["doctor"])
        #expect(try await offers("runwatch doctor --ser", binary) == ["--service"])
        #expect(try await offers("runwatch completion ", binary).isSuperset(of: ["bash", "zsh", "fish"]))
    }

    @Test func runsAndExperimentsAreOfferedFromTheService() async throws {
        let binary = try Binary()
        _ = try await binary.call("exec", "-e", "explore-runs", "--", "true")
        _ = try await binary.call("exec", "-e", "other", "--", "true")
        let ids = Set(try await binary.runs().map(\.id.text))
        #expect(try await offers("runwatch log a=1 --run ", binary) == ids)
        #expect(try await offers("runwatch exec -e ex", binary) == ["explore-runs"])
        let elsewhere = ["RUNWATCH_SERVICE": binary.place.path + "/nothing"]
        #expect(try await offers("runwatch exec -e ex", binary, elsewhere) == [])
        #expect(try await offers("runwatch exec --store \(binary.store) -e ex", binary, elsewhere) == ["explore-runs"])
    }

    @Test func namesOfServicesAreOffered() async throws {
        let binary = try Binary()
        let folder = binary.place.path + "/config/runwatch"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("services:\n  gpu: http://gpu\n  team: http://team\n".utf8)
            .write(to: URL(fileURLWithPath: folder + "/config.yaml"))
        #expect(try await offers("runwatch list --service ", binary) == ["gpu", "team"])
    }

    /// A server that takes connections and never answers must not hang a shell.
    @Test func aSilentServiceOffersNothing() async throws {
        let listener = try SilentListener()
        let answer = try await offers(
            "runwatch log a=1 --run ", Binary(), ["RUNWATCH_SERVICE": "http://127.0.0.1:\(listener.port)"])
        #expect(answer == [])
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func everyShellHasItsScript(_ shell: String) async throws {
        let answer = try await Binary().call("completion", shell)
        #expect(answer.status == 0 && answer.errors.isEmpty)
        #expect(answer.output.contains("runwatch") && answer.output.contains("doctor"))
        // What is hidden from help stays hidden.
        #expect(!answer.output.contains("demo-conduct"))
    }

    @Test func anotherShellIsNamed() async throws {
        let answer = try await Binary().call("completion", "csh")
        #expect(answer.status == 2 && answer.errors.contains("'bash', 'zsh' or 'fish'"))
    }
}

/// Takes connections and says nothing.
private final class SilentListener {
    let port: UInt16
    private let handle: Int32

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        handle = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        try #require(isListening)
    }

    deinit { close(handle) }
}
