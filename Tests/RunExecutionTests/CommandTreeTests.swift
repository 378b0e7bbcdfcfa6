import RunExecution
import Testing

@Suite struct CommandTreeTests {
    private func entry(_ pid: Int32, parent: Int32, session: Int32, zombie: Bool = false) -> ProcessEntry {
        ProcessEntry(
            pid: pid, parent: parent, group: session, session: session, startTicks: Int64(pid), isZombie: zombie)
    }

    @Test func holdsSessionAndDescendantsOnly() {
        var tree = CommandTree(leader: 10)
        let table = [
            entry(1, parent: 0, session: 1), entry(5, parent: 1, session: 5), entry(10, parent: 5, session: 10),
            entry(11, parent: 10, session: 10), entry(12, parent: 11, session: 12), entry(13, parent: 12, session: 12),
            entry(14, parent: 1, session: 10), entry(20, parent: 5, session: 20),
        ]
        #expect(tree.living(in: table).map(\.pid) == [10, 11, 12, 13, 14])
    }

    @Test func keepsAMemberWhoseParentDied() {
        var tree = CommandTree(leader: 10)
        _ = tree.living(in: [entry(10, parent: 5, session: 10), entry(12, parent: 10, session: 12)])
        #expect(tree.living(in: [entry(12, parent: 1, session: 12)]).map(\.pid) == [12])
    }

    @Test func forgetsAReusedPid() {
        var tree = CommandTree(leader: 10)
        _ = tree.living(in: [entry(10, parent: 5, session: 10), entry(12, parent: 10, session: 12)])
        var stranger = entry(12, parent: 1, session: 12)
        stranger.startTicks = 999
        #expect(tree.living(in: [stranger]).isEmpty)
    }

    @Test func zombiesAreGone() {
        var tree = CommandTree(leader: 10)
        #expect(tree.living(in: [entry(10, parent: 5, session: 10, zombie: true)]).isEmpty)
    }

    @Test func anAdopterFindsItsDescendantsWhereverTheyWent() {
        var tree = CommandTree(leader: 10, adopters: [5, 6])
        let table = [
            entry(1, parent: 0, session: 1), entry(5, parent: 1, session: 5), entry(6, parent: 5, session: 6),
            entry(10, parent: 6, session: 6), entry(20, parent: 5, session: 20), entry(21, parent: 20, session: 21),
            entry(30, parent: 5, session: 30), entry(31, parent: 30, session: 31), entry(40, parent: 1, session: 10),
        ]
        #expect(tree.living(in: table, without: [30]).map(\.pid) == [10, 20, 21])
    }
}
