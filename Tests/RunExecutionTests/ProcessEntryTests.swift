import Glibc
import RunExecution
import Testing

@Suite struct ProcessEntryTests {
    @Test func readsAStatLineWithAHostileName() throws {
        let tail = "S 7 42 43 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 1 0 9876 1000 200 184467"
        let entry = try #require(ProcessEntry(stat: "42 (a) Z 1 (b) \(tail)"))
        #expect(
            entry
                == ProcessEntry(
                    pid: 42, parent: 7, group: 42, session: 43, startTicks: 9876, name: "a) Z 1 (b"))
    }

    @Test func marksZombies() throws {
        let tail = "Z 7 42 43 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 1 0 9876 0 0"
        #expect(try #require(ProcessEntry(stat: "42 (x) \(tail)")).isZombie)
    }

    @Test(arguments: ["", "42", "42 (x", "42 (x) S 1 2", "no (x) S 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0"])
    func refusesOtherTexts(_ text: String) {
        #expect(ProcessEntry(stat: text) == nil)
    }

    @Test func snapshotShowsThisProcess() throws {
        let own = try #require(ProcessEntry.snapshot().first { $0.pid == getpid() })
        #expect(own.parent == getppid())
        #expect(own.group == getpgrp())
        #expect(!own.isZombie)
    }
}
