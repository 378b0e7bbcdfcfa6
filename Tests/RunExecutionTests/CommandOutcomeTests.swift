import Glibc
import RunExecution
import RunModel
import RunServices
import Testing

@Suite struct CommandOutcomeTests {
    @Test func statusZeroCompletes() async throws {
        let store = try await TemporaryStore()
        let outcome = try await store.run(script: "echo hello; echo oops >&2")
        #expect(outcome.exit == .status(0))
        #expect(outcome.shellStatus == 0)
        #expect(outcome.notes.isEmpty)
        let details = try await store.details(of: outcome.run)
        #expect(details.run.status == .completed)
        #expect(details.run.failure == nil)
        #expect(details.run.startedAt != nil && details.run.endedAt != nil)
        #expect(details.supervisor?.exit == .status(0))
        let log = try await store.logText(of: outcome.run)
        #expect(log.split(separator: "\n").sorted() == ["hello", "oops"])
    }

    @Test func otherStatusFailsWithTheLastErrorLine() async throws {
        let store = try await TemporaryStore()
        let script = """
            echo training; printf 'Traceback\\n  File\\n\\033[31mValueError\\033[0m: bad shape\\n\\n' >&2; exit 3
            """
        let outcome = try await store.run(script: script)
        #expect(outcome.exit == .status(3))
        #expect(outcome.shellStatus == 3)
        let run = try await store.details(of: outcome.run).run
        #expect(run.status == .failed)
        #expect(run.failure?.brief == "exited with status 3: ValueError: bad shape")
    }

    @Test func lastOutputLineSpeaksWhereNoErrorDoes() async throws {
        let store = try await TemporaryStore()
        let outcome = try await store.run(script: "printf 'one\\ntwo\\rloss is nan'; exit 1")
        let run = try await store.details(of: outcome.run).run
        #expect(run.failure?.brief == "exited with status 1: loss is nan")
    }

    @Test func signalFailsWithItsName() async throws {
        let store = try await TemporaryStore()
        let outcome = try await store.run(script: "kill -9 $$")
        #expect(outcome.exit == .signal(SIGKILL))
        #expect(outcome.shellStatus == 137)
        let details = try await store.details(of: outcome.run)
        #expect(details.run.failure?.message == "killed by signal 9 (SIGKILL)")
        #expect(details.supervisor?.exit == .signal(SIGKILL))
    }

    @Test func missingCommandFailsTheRunWith127() async throws {
        let store = try await TemporaryStore()
        let request = store.request(["runwatch-no-such-command"])
        let outcome = try await CommandSupervisor(service: store.service, request: request).run()
        #expect(outcome.exit == nil)
        #expect(outcome.shellStatus == 127)
        let sentence = "runwatch-no-such-command: command not found in PATH."
        #expect(outcome.notes == [sentence])
        let run = try await store.details(of: outcome.run).run
        #expect(run.status == .failed)
        #expect(run.failure?.message == sentence)
        #expect(try await store.logText(of: outcome.run) == "runwatch: \(sentence)\n")
    }

    @Test func fileWithoutPermissionFailsTheRunWith126() async throws {
        let store = try await TemporaryStore()
        let path = try store.file("script", Array("#!/bin/sh\n".utf8), mode: 0o600)
        let outcome = try await CommandSupervisor(service: store.service, request: store.request([path])).run()
        #expect(outcome.shellStatus == 126)
        #expect(try await store.details(of: outcome.run).run.status == .failed)
    }

    @Test func missingInterpreterIsNamedAsTheCause() async throws {
        let store = try await TemporaryStore()
        let path = try store.file("script", Array("#!/no/such/interpreter\n".utf8), mode: 0o700)
        let outcome = try await CommandSupervisor(service: store.service, request: store.request([path])).run()
        #expect(outcome.shellStatus == 127)
        let message = try #require(try await store.details(of: outcome.run).run.failure?.message)
        #expect(message.contains("interpreter"))
    }
}
