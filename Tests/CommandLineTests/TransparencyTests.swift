import Foundation
import LocalStore
import RunModel
import RunServices
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A command under `runwatch exec` behaves as without it.
@Suite struct TransparencyTests {
    struct Outcome: Equatable {
        var output: [UInt8]
        var errors: [UInt8]
        var status: String
    }

    private func outcome(of row: TransparencyTable.Row, prefix: String, _ binary: Binary) async throws -> Outcome {
        let place = try TemporaryDirectory()
        let script = row.script.replacing("@", with: prefix)
        try Data(script.utf8).write(to: URL(filePath: place.path + "/row"))
        // The directory is not the same each time, and the row's own is the same in both.
        let caller = """
            mkdir work; cd work; bash ../row > ../out 2> ../err < /dev/null; echo $? > ../status
            """
        _ = try await Subprocess.run(
            .name("bash"), arguments: ["-c", caller],
            environment: binary.environment(["RUNWATCH": Binary.path, "PWD": place.path]),
            workingDirectory: FilePath(place.path), output: .discarded, error: .discarded)
        func bytes(_ name: String) throws -> [UInt8] {
            Array(try Data(contentsOf: URL(filePath: place.path + "/" + name)))
        }
        return Outcome(
            output: Self.anonymous(try bytes("out"), place), errors: try bytes("err"),
            status: String(decoding: try bytes("status"), as: UTF8.self))
    }

    /// Without the name of the directory, which is another one each time.
    private static func anonymous(_ bytes: [UInt8], _ place: TemporaryDirectory) -> [UInt8] {
        bytes.count > 100_000 ? bytes : bytes.replacing(Array(place.path.utf8), with: [])
    }

    @Test(arguments: TransparencyTable.rows) func isAsWithout(_ row: TransparencyTable.Row) async throws {
        let binary = try Binary()
        let plain = try await outcome(of: row, prefix: "", binary)
        let executed = try await outcome(of: row, prefix: "\"$RUNWATCH\" exec -e table --", binary)
        #expect(
            executed == plain,
            """
            \(String(decoding: executed.output.prefix(2_000), as: UTF8.self))
            \(String(decoding: executed.errors.prefix(2_000), as: UTF8.self))\(executed.status) is not \
            \(String(decoding: plain.output.prefix(2_000), as: UTF8.self))
            \(String(decoding: plain.errors.prefix(2_000), as: UTF8.self))\(plain.status)
            """)
    }

    @Test func aLogHasTheOrderToo() async throws {
        let binary = try Binary()
        let script = "for i in $(seq 400); do echo progress $i >&2; echo line $i; done"
        #expect(try await binary.call("exec", "--detach", "--", "sh", "-c", script).status == 0)
        let run = try await eventually("the run ends") { try await binary.runs().first { $0.status.isTerminal } }
        let expected = (1...400).map { "progress \($0)\nline \($0)\n" }.joined()
        #expect(try await binary.log(of: run.id) == expected)
    }
}
