import Glibc
import ProcessTable
import RunModel
import RunServices
import Synchronization
import TestSupport
import Testing

@testable import RunExecution

/// Places as files with locks; the holders are in this process, and in commands that it starts.
@Suite struct QueueDirectoryTests {
    private static func join(
        _ directory: QueueDirectory, _ name: String, gpus: [Int] = [], wants: Int = 0
    ) throws -> QueueTicket {
        let own = try #require(ProcessTable.current())
        return try directory.join { id, rank in
            QueuePlace(
                id: id, queue: "q", run: RunID(name), runName: name, experimentName: "tests", service: "/store",
                demand: QueueDemand(slots: wants > 0 ? 0 : 1, gpus: wants), visibleGPUs: gpus, supervisor: own,
                joinedAt: Timestamp(milliseconds: rank), rank: rank)
        }
    }

    private let now = Timestamp(milliseconds: 1_000)

    @Test func oneAfterTheOther() throws {
        let place = try TemporaryDirectory()
        let directory = QueueDirectory(path: place.path + "/state/queues")
        let tickets = try ["a", "b", "c"].map { try Self.join(directory, $0) }
        #expect(try directory.take(tickets[1], at: now).gpus == nil)
        #expect(try directory.take(tickets[0], at: now).gpus == [])
        #expect(try directory.take(tickets[1], at: now).gpus == nil)
        try directory.move(tickets[2].place.id, by: -1)
        tickets[0].release()
        tickets[0].release()
        #expect(try directory.take(tickets[1], at: now).gpus == nil)
        #expect(try directory.take(tickets[2], at: now).gpus == [])
        #expect(try directory.read().queues { _ in true }[0].entries.map(\.runName) == ["c", "b"])
        let error = #expect(throws: RunServiceError.self) { try directory.move(tickets[2].place.id, by: 1) }
        #expect(error?.code == .conflict)
        try directory.resize("q", slots: 2)
        #expect(try directory.take(tickets[1], at: now).gpus == [])
        for ticket in tickets { ticket.release() }
        #expect(try directory.read().members.isEmpty && directory.read().capacity(of: "q") == 2)
    }

    @Test func gpusAreNumbersThatNobodyElseHas() throws {
        let place = try TemporaryDirectory()
        let directory = QueueDirectory(path: place.path + "/state/queues")
        let first = try Self.join(directory, "a", gpus: [0, 1, 2], wants: 2)
        let second = try Self.join(directory, "b", gpus: [1, 2], wants: 1)
        #expect(try directory.take(first, at: now).gpus == [0, 1])
        #expect(try directory.take(second, at: now).gpus == [2])
    }

    @Test func anUntrustedDirectoryIsNotUsed() throws {
        let place = try TemporaryDirectory()
        let path = place.path + "/state/queues"
        let directory = QueueDirectory(path: path)
        let ticket = try Self.join(directory, "a")
        #expect(chmod(path, 0o770) == 0)
        #expect(throws: RunServiceError.self, "it is not taken for one without places") { try directory.read() }
        #expect(throws: RunServiceError.self) { try Self.join(directory, "b") }
        #expect(throws: RunServiceError.self) { try directory.resize("q", slots: 3) }
        #expect(chmod(path, 0o700) == 0)
        #expect(try directory.read().members.map(\.place.id) == [ticket.place.id])
        // A place that cannot be read is not given away a second time.
        let file = path + "/place-" + ticket.place.id
        #expect(chmod(file, 0o660) == 0)
        #expect(throws: RunServiceError.self) { try directory.read() }
        #expect(chmod(file, 0o600) == 0)
        #expect(throws: RunServiceError.self) { try QueueDirectory(path: nil).resize("q", slots: 1) }
    }

    /// What is left of another boot: files that nobody holds.
    @Test func leftOverPlacesAreSeenAndSwept() throws {
        let place = try TemporaryDirectory()
        let path = place.path + "/state/queues"
        let directory = QueueDirectory(path: path)
        let ticket = try Self.join(directory, "a")
        var old = ticket.place
        old.supervisor.bootID = "another boot"
        for (name, granted) in [("waiter", nil), ("holder", now)] as [(String, Timestamp?)] {
            (old.id, old.runName, old.grantedAt) = (name, name, granted)
            let file = open(path + "/place-" + name, O_WRONLY | O_CREAT | O_EXCL, 0o600)
            #expect(PrivateDirectory.write(old.text, to: file))
            close(file)
        }
        let entries = try directory.read().queues { _ in true }[0].entries
        #expect(entries.filter { $0.condition == .gone }.map(\.runName).sorted() == ["holder", "waiter"])
        try directory.forget("waiter")
        let conflict = #expect(throws: RunServiceError.self) { try directory.forget(ticket.place.id) }
        #expect(conflict?.code == .conflict)
        let missing = #expect(throws: RunServiceError.self) { try directory.forget("waiter") }
        #expect(missing?.code == .notFound)
        #expect(try directory.take(ticket, at: now).gpus == [])
        #expect(try directory.read().members.map(\.place.id) == [ticket.place.id])
    }

    @Test func aWatchTellsOfEachChange() async throws {
        let place = try TemporaryDirectory()
        let directory = QueueDirectory(path: place.path + "/state/queues")
        let ticket = try Self.join(directory, "a")
        let heard = Atomic(0)
        let watch = try #require(
            QueueWatch(place.path + "/state/queues") { heard.wrappingAdd(1, ordering: .sequentiallyConsistent) })
        defer { watch.end() }
        func count() -> Int { heard.load(ordering: .sequentiallyConsistent) }
        // Several changes may be told of as one, and one as several.
        func settled() async throws -> Int {
            var last = -1
            while count() != last {
                last = count()
                try await Task.sleep(for: .milliseconds(150))
            }
            return last
        }
        try directory.resize("q", slots: 3)
        _ = try await eventually("a size is heard of") { count() > 0 ? true : nil }
        var before = try await settled()
        // The lock of a file goes with the last process that has it open, also with one that is killed.
        let ready = place.path + "/ready"
        let holder = try TestProcess(
            "exec 9>>'\(place.path)/state/queues/place-\(ticket.place.id)'; : >'\(ready)'; exec sleep 1000")
        _ = try await eventually("the file is open") { access(ready, F_OK) == 0 ? true : nil }
        before = try await settled()
        holder.kill()
        _ = try await eventually("a death is heard of") { count() > before ? true : nil }
        before = try await settled()
        ticket.release()
        _ = try await eventually("a release is heard of") { count() > before ? true : nil }
    }

    @Test func aQueueThatCannotBeReadIsNoReasonToFail() async throws {
        let store = try await TemporaryStore()
        let place = try TemporaryDirectory()
        let path = place.path + "/state/queues"
        let directory = QueueDirectory(path: path)
        let ticket = try Self.join(directory, "a")
        let waiter = QueueWaiter(ticket, in: directory, service: store.service) { Timestamp(milliseconds: 1) }
        #expect(chmod(path, 0o770) == 0)
        #expect(await waiter.look() == nil, "it may be readable again")
        #expect(chmod(path, 0o700) == 0)
        directory.remove(ticket.place.id)
        #expect(await waiter.look() == .placeIsGone)
    }
}
