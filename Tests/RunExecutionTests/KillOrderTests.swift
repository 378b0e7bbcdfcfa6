import RunExecution
import Testing

@Suite struct KillOrderTests {
    private func entry(_ pid: Int32, parent: Int32, session: Int32) -> ProcessEntry {
        ProcessEntry(pid: pid, parent: parent, group: session, session: session, startTicks: 1)
    }

    @Test func oneSessionIsKilledAtOnce() {
        var order = KillOrder()
        let members = [entry(10, parent: 1, session: 10), entry(11, parent: 10, session: 10)]
        #expect(order.victims(among: members, at: 5) == [10, 11])
    }

    @Test func innermostSessionFirstAndItsSupervisorAfterTimeToRecord() {
        var order = KillOrder()
        let outer = [entry(10, parent: 1, session: 10), entry(11, parent: 10, session: 10)]
        #expect(order.victims(among: outer + [entry(12, parent: 11, session: 12)], at: 0) == [12])
        #expect(order.victims(among: outer, at: 10).isEmpty)
        #expect(order.victims(among: outer, at: 9 + KillOrder.recordingTime).isEmpty)
        #expect(order.victims(among: outer, at: 10 + KillOrder.recordingTime) == [10, 11])
    }
}
