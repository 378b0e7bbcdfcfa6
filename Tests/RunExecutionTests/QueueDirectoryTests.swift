import Glibc
import ProcessTable
import RunModel
import RunServices
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
        #expect(try directory.take(tickets[1], at: now) == nil)
        #expect(try directory.take(tickets[0], at: now) == [])
        #expect(try directory.take(tickets[1], at: now) == nil)
        try directory.move(tickets[2].place.id, by: -1)
        tickets[0].release()
        tickets[0].release()
        #expect(try directory.take(tickets[1], at: now) == nil)
        #expect(try directory.take(tickets[2], at: now) == [])
        #expect(directory.read().queues { _ in true }[0].entries.map(\.runName) == ["c", "b"])
        let error = #expect(throws: RunServiceError.self) { try directory.move(tickets[2].place.id, by: 1) }
        #expect(error?.code == .conflict)
        try directory.resize("q", slots: 2)
        #expect(try directory.take(tickets[1], at: now) == [])
        for ticket in tickets { ticket.release() }
        #expect(directory.read().members.isEmpty && directory.read().capacity(of: "q") == 2)
    }

    @Test func gpusAreNumbersThatNobodyElseHas() throws {
        let place = try TemporaryDirectory()
        let directory = QueueDirectory(path: place.path + "/state/queues")
        let first = try Self.join(directory, "a", gpus: [0, 1, 2], wants: 2)
        let second = try Self.join(directory, "b", gpus: [1, 2], wants: 1)
        #expect(try directory.take(first, at: now) == [0, 1])
        #expect(try directory.take(second, at: now) == [2])
    }

    @Test func anUntrustedDirectoryIsNotUsed() throws {
        let place = try TemporaryDirectory()
        let path = place.path + "/state/queues"
        let directory = QueueDirectory(path: path)
        let ticket = try Self.join(directory, "a")
        #expect(chmod(path, 0o770) == 0)
        #expect(directory.read().members.isEmpty)
        #expect(throws: RunServiceError.self) { try Self.join(directory, "b") }
        #expect(throws: RunServiceError.self) { try directory.resize("q", slots: 3) }
        #expect(chmod(path, 0o700) == 0)
        #expect(directory.read().members.map(\.place.id) == [ticket.place.id])
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
        let entries = directory.read().queues { _ in true }[0].entries
        #expect(entries.filter { $0.condition == .gone }.map(\.runName).sorted() == ["holder", "waiter"])
        try directory.forget("waiter")
        let conflict = #expect(throws: RunServiceError.self) { try directory.forget(ticket.place.id) }
        #expect(conflict?.code == .conflict)
        let missing = #expect(throws: RunServiceError.self) { try directory.forget("waiter") }
        #expect(missing?.code == .notFound)
        #expect(try directory.take(ticket, at: now) == [])
        #expect(directory.read().members.map(\.place.id) == [ticket.place.id])
    }

    @Test func aWatchTellsOfEachChange() async throws {
        let place = try TemporaryDirectory()
        let directory = QueueDirectory(path: place.path + "/state/queues")
        let ticket = try Self.join(directory, "a")
        let (changes, telling) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let watch = try #require(QueueWatch(place.path + "/state/queues") { telling.yield() })
        var heard = changes.makeAsyncIterator()
        try directory.resize("q", slots: 3)
        #expect(await heard.next() != nil)
        // The lock of a file goes with the last process that has it open.
        ticket.release()
        #expect(await heard.next() != nil)
        watch.end()
    }
}
