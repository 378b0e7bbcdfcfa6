import FileAccess
import Foundation
import RunModel
import RunServices
import SlurmCommands
import TestSupport
import Testing

/// Against a stand-in for squeue that counts how often it is asked; what a real one says `SlurmToolTests` know.
@Suite struct SharedSnapshotTests {
    private let directory: TemporaryDirectory
    private let clock = TestClock()
    private let tool: SlurmTool

    init() throws {
        directory = try TemporaryDirectory()
        let place = directory.path
        let program = place + "/squeue"
        try """
        #!/bin/bash
        echo x >>\(place)/calls
        [ -e \(place)/down ] && { echo 'slurm_load_jobs error: Unable to contact slurm controller (connect failure)' >&2; exit 1; }
        [ -e \(place)/slow ] && sleep 1
        f=${!#}; m=${f#JobID:}; m=${m%%,*}
        for x in 5 5 N/A root main RUNNING None n1 1 2 N/A 1:00 1 1 x x 0 0 N/A '' /tmp /o /o wrap rw:1; do
            printf '%s%s' "$x" "$m"
        done
        echo
        """.write(toFile: program, atomically: true, encoding: .utf8)
        chmod(program, 0o755)
        tool = SlurmTool(environment: ["PATH": "\(place):/usr/bin:/bin"])
    }

    private func snapshot(interval: Int64 = 30_000) -> SharedSnapshot {
        SharedSnapshot(tool, of: .me, in: directory.path + "/shared", interval: interval) { [clock] in clock.now }
    }

    private var calls: Int {
        (try? String(contentsOfFile: directory.path + "/calls", encoding: .utf8))?.count { $0 == "\n" } ?? 0
    }

    private func touch(_ name: String) {
        _ = FileManager.default.createFile(atPath: "\(directory.path)/\(name)", contents: nil)
    }

    @Test func oneQuestionServesAll() async throws {
        touch("slow")
        let all = (0..<8).map { _ in snapshot() }
        let answers = try await withThrowingTaskGroup(of: SlurmSnapshot.self) { group in
            for one in all { group.addTask { try await one.latest() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.jobs.map(\.key) == ["5"] && $0.takenAt == answers[0].takenAt })
        #expect(calls == 1)
        clock.advance(by: 29_000)
        _ = try await snapshot().newest()
        #expect(calls == 1)
        clock.advance(by: 1_000)
        #expect(try await all[0].newest().takenAt == clock.now)
        #expect(try await all[1].latest().takenAt == clock.now)
        #expect(calls == 2)
    }

    @Test(arguments: [("60", 60_000), ("1.5", 1_500), ("0", 30_000), ("nan", 30_000), ("1e9", 30_000), ("x", 30_000)])
    func theVariableSetsTheInterval(_ text: String, _ interval: Int64) {
        #expect(SharedSnapshot.interval(environment: ["RUNWATCH_SLURM_INTERVAL": text]) == interval)
    }

    @Test func oldDataStayWhileSlurmIsDown() async throws {
        let one = snapshot()
        let before = try await one.newest()
        touch("down")
        clock.advance(by: 31_000)
        // Nobody waits for a question while there is something to show.
        #expect(try await one.latest() == before)
        let after = try await one.newest()
        #expect(after.jobs == before.jobs && after.takenAt == before.takenAt)
        #expect(after.failure?.code == .unavailable)
        #expect(after.failure?.underlying?.contains("connect failure") == true)
        // Nor is it asked again at once, by this one or another.
        let asked = calls
        clock.advance(by: 5_000)
        #expect(try await snapshot().newest().failure?.code == .unavailable)
        #expect(calls == asked)
        unlink(directory.path + "/down")
        clock.advance(by: 26_000)
        #expect(try await snapshot().newest().failure == nil)
        #expect(try await one.latest().failure == nil)
    }

    @Test func withoutAnyAnswerTheReasonIsThrown() async throws {
        touch("down")
        for _ in 0..<3 {
            let error = await #expect(throws: RunServiceError.self) { try await snapshot().latest() }
            #expect(error?.code == .unavailable)
        }
        #expect(calls == 1)
    }

    @Test func othersFilesAreNotBelieved() async throws {
        _ = try await snapshot().newest()
        guard case .success(let names) = FileAccess.names(in: directory.path + "/shared") else {
            Issue.record("no directory")
            return
        }
        let place = "\(directory.path)/shared/\(names[0])"
        #expect(FileStamp(place)?.permissions == 0o700)
        #expect(FileStamp(place + "/jobs")?.permissions == 0o600)
        chmod(place, 0o777)
        _ = try? await snapshot().newest()
        #expect(calls == 2)
    }

    @Test func aFileOfAnotherKindIsReplaced() async throws {
        _ = try await snapshot().newest()
        guard case .success(let names) = FileAccess.names(in: directory.path + "/shared") else { return }
        try "something else".write(
            toFile: "\(directory.path)/shared/\(names[0])/jobs", atomically: false, encoding: .utf8)
        #expect(try await snapshot().newest().jobs.count == 1)
    }

    @Test func withoutADirectoryItIsThisProcessAlone() async throws {
        let one = SharedSnapshot(tool, of: .me, in: nil, interval: 30_000) { [clock] in clock.now }
        #expect(try await one.latest().jobs.count == 1)
        #expect(try await one.latest().jobs.count == 1)
        #expect(calls == 1)
    }
}
