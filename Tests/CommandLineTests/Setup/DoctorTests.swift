import Foundation
import GRDB
import TestSupport
import Testing

/// What the doctor tells of sound and of broken surroundings; nothing that it looks at is made or changed.
@Suite struct DoctorTests {
    private static let terminal = ["TERM": "xterm-256color", "MLFLOW_TRACKING_URI": "", "MLFLOW_TRACKING_TOKEN": ""]

    @Test func aSoundStoreIsWell() async throws {
        let binary = try Binary()
        _ = try await binary.call("exec", "--", "true")
        let answer = try await binary.call("doctor", "-o", "table", environment: Self.terminal)
        #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer)")
        for text in [
            "version", "TERM", "xterm-256color", "Configuration", "which is not there", "local", "RUNWATCH_SERVICE",
            "integrity", "ok", "schema", "yes, 1 experiment within", "open files", "Nothing is wrong.",
        ] { #expect(answer.output.contains(text), "\(text) in\n\(answer.output)") }
        let well = try await binary.call(
            "doctor", "-o", "json", "--query", "[isWell, findings[?name=='integrity'].value | [0]]",
            environment: Self.terminal)
        #expect(well.output == "[\n  true,\n  \"ok\"\n]\n")
    }

    @Test func nothingThereYetIsNoFaultAndIsNotMade() async throws {
        let binary = try Binary()
        let answer = try await binary.call("doctor", "-o", "table", environment: Self.terminal)
        #expect(answer.status == 0 && answer.output.contains("not there yet, made by the first `runwatch exec`"))
        #expect(!FileManager.default.fileExists(atPath: binary.store))
    }

    @Test func aDamagedStoreIsTold() async throws {
        let binary = try Binary()
        for _ in 0..<3 {
            _ = try await binary.call("exec", "--tag", "a=" + String(repeating: "x", count: 9_000), "--", "true")
        }
        let path = binary.store + "/runs.db"
        // What is damaged must be what is read, not what the write-ahead log has newer.
        let queue = try DatabaseQueue(path: path)
        try await queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try queue.close()
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.seek(toOffset: 8_192)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 8_192))
        try handle.close()
        let answer = try await binary.call("doctor", "-o", "table", environment: Self.terminal)
        #expect(answer.status == 1, "\(answer)")
        #expect(answer.output.contains("! integrity"), "\(answer.output)")
    }

    @Test func aServerThatIsNotThereIsUnreachable() async throws {
        let binary = try Binary()
        let answer = try await binary.call(
            "doctor", "-o", "table", "--service", "http://127.0.0.1:9", environment: Self.terminal)
        #expect(answer.status == 4, "\(answer)")
        #expect(answer.output.contains("! reachable: "))
    }

    @Test func aServerTellsItsVersionAndItsClockAndNoSecretIsShown() async throws {
        let server = try await MLflowTrackingServer.shared()
        let claims = Data(#"{"exp":1000000000}"#.utf8).base64EncodedString()
            .replacingOccurrences(of: "=", with: "").replacingOccurrences(of: "+", with: "-")
        let token = "eyJhbGciOiJub25lIn0.\(claims).c2VjcmV0"
        let variables = Self.terminal.merging(["MLFLOW_TRACKING_TOKEN": token]) { $1 }
        let answer = try await Binary().call(
            "doctor", "-o", "table", "--service", server.address, environment: variables)
        for text in [
            "MLflow 3.", "latency", "its clock", "the same as here", "token from MLFLOW_TRACKING_TOKEN, expired",
        ] {
            #expect(answer.output.contains(text), "\(text) in\n\(answer.output)")
        }
        #expect(answer.status == 1 && !answer.output.contains(token) && !answer.output.contains("c2VjcmV0"))
    }

    @Test(arguments: [
        (["TERM": "dumb"], "a terminal that cannot move its cursor"),
        (["TERM": "no-such"], "which nothing here describes"),
    ]) func aTerminalThatWillNotDoIsTold(_ variables: [String: String], _ words: String) async throws {
        // In a pipe nothing is expected of the terminal.
        let set = variables.map { "\($0)=\($1)" }.joined(separator: " ")
        let script = "\(set) exec script -qec '\"\(Binary.path)\" doctor' /dev/null"
        let answer = try await OtherProgram.run("sh", ["-c", script], Binary())
        #expect(answer.output.contains(words), "\(answer)")
    }

    @Test func faultsOfTheConfigurationAreFindings() async throws {
        let binary = try Binary()
        let folder = binary.place.path + "/config/runwatch"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("keys:\n  cancel: k\n".utf8).write(to: URL(fileURLWithPath: folder + "/config.yaml"))
        let answer = try await binary.call("doctor", "-o", "table", environment: Self.terminal)
        #expect(
            answer.status == 1 && answer.output.contains("config.yaml:2: keys.cancel: “k” is the key of up already"))
    }
}
