import Glibc
import LocalStore
import RunExecution
import RunModel
import RunServices
import Testing

@Suite struct CommandOutputTests {
    @Test func binaryOutputIsKeptByteForByte() async throws {
        let store = try await TemporaryStore()
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let path = try store.file("bytes", bytes)
        let outcome = try await store.run(script: "cat \(path)")
        #expect(try await store.log(of: outcome.run) == bytes)
    }

    @Test func fiftyMegabytesArriveWhole() async throws {
        let store = try await TemporaryStore()
        let outcome = try await store.run(script: "yes 0123456789abcde | head -c 52428800")
        #expect(outcome.exit == .status(0))
        let log = try #require(try await store.details(of: outcome.run).logs.first)
        #expect(log.size == 52_428_800)
        let line = Array("0123456789abcde\n".utf8)
        for offset in [0, 12_345_600, 52_428_784] as [Int64] {
            let chunk = try await store.service.readLog("output.log", of: outcome.run, offset: offset, length: 16)
            #expect(chunk.bytes == line)
        }
    }

    @Test func outputUpToTheLastByteBeforeExitIsKept() async throws {
        let store = try await TemporaryStore()
        for _ in 0..<5 {
            let outcome = try await store.run(script: "head -c 65536 /dev/zero; printf end")
            let log = try await store.log(of: outcome.run)
            #expect(log.count == 65_539)
            #expect(log.suffix(3).elementsEqual("end".utf8))
        }
    }

    @Test func commandKnowsItsRun() async throws {
        let store = try await TemporaryStore()
        var request = store.request(["sh", "-c", "echo $RUNWATCH_RUN_ID $EXTRA $PYTHONUNBUFFERED"])
        request.environment = ["EXTRA": "more"]
        let outcome = try await CommandSupervisor(service: store.service, request: request).run()
        #expect(try await store.logText(of: outcome.run) == "\(outcome.run) more 1\n")
    }

    @Test func commandLeadsASessionOfItsOwn() async throws {
        let store = try await TemporaryStore()
        let outcome = try await store.run(script: "cat /proc/$$/stat; echo $$")
        let lines = try await store.logText(of: outcome.run).split(separator: "\n")
        let entry = try #require(ProcessEntry(stat: String(lines[0])))
        #expect(entry.pid == Int32(lines[1]))
        #expect(entry.group == entry.pid)
        #expect(entry.session == entry.pid)
        #expect(entry.parent == getpid())
    }

    @Test func processLeftInTheBackgroundDoesNotHoldTheEnd() async throws {
        let store = try await TemporaryStore()
        let outcome = try await store.run(script: "sleep 1000 & echo $!")
        let pid = try #require(Int32(try await store.logText(of: outcome.run).dropLast()))
        defer { kill(pid, SIGKILL) }
        #expect(kill(pid, 0) == 0)
        #expect(try await store.details(of: outcome.run).run.status == .completed)
    }
}
