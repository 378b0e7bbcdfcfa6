import ProcessTable
import Testing

@Suite struct ProcessTableTests {
    @Test func thisProcessIsAlive() throws {
        let me = try #require(ProcessTable.current())
        #expect(ProcessTable.isAlive(pid: me.pid, startTicks: me.startTicks, bootID: me.bootID) == true)
        #expect(ProcessTable.isAlive(pid: me.pid, startTicks: me.startTicks + 1, bootID: me.bootID) == false)
    }
}
