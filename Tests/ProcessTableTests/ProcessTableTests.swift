import Glibc
import RunServices
import TestSupport
import Testing

@testable import ProcessTable

@Suite struct ProcessTableTests {
    private func isAlive(_ process: ProcessStamp) -> Bool? {
        ProcessTable.isAlive(pid: process.pid, startTicks: process.startTicks, bootID: process.bootID)
    }

    private func isGroupAlive(_ process: ProcessStamp) -> Bool? {
        ProcessTable.isGroupAlive(leader: process.pid, startTicks: process.startTicks, bootID: process.bootID)
    }

    @Test func thisProcessIsAlive() throws {
        let me = try #require(ProcessTable.current())
        #expect(me.pid == getpid())
        #expect(isAlive(me) == true)
    }

    @Test func aKilledProcessIsGone() throws {
        let process = try TestProcess()
        let identity = try #require(ProcessTable.identity(of: process.stamp.pid))
        #expect(isAlive(identity) == true)
        #expect(isGroupAlive(identity) == true)
        process.kill()
        #expect(isAlive(identity) == false)
        #expect(isGroupAlive(identity) == false)
        #expect(ProcessTable.identity(of: identity.pid) == nil)
    }

    @Test func aZombieIsGone() async throws {
        let process = try TestProcess("exit 0")
        let stamp = process.stamp
        #expect(
            try await eventually {
                ProcessTable.isAlive(pid: stamp.pid, startTicks: stamp.startTicks, bootID: stamp.bootID) == false
            })
        // Nobody has waited for it yet, so the kernel still lists it.
        #expect(Glibc.kill(stamp.pid, 0) == 0)
    }

    @Test func anotherBearerOfThePidIsNotTheProcess() throws {
        var me = try #require(ProcessTable.current())
        me.startTicks += 1
        #expect(isAlive(me) == false)
        #expect(isGroupAlive(me) == false)
    }

    @Test func anotherBootIsOverAndAnotherNamespaceIsUnknown() throws {
        var me = try #require(ProcessTable.current())
        let boot = try #require(me.bootID.split(separator: "+").first)
        me.bootID = boot + "+pid:[1]"
        #expect(isAlive(me) == nil)
        me.bootID = "another boot+pid:[1]"
        #expect(isAlive(me) == false)
    }

    @Test func signalsReachOnlyTheGroupMeant() throws {
        let process = try TestProcess()
        let stamp = process.stamp
        func signal(_ pid: Int32, _ ticks: Int64) -> Bool {
            ProcessTable.signalGroup(leader: pid, startTicks: ticks, bootID: stamp.bootID, signal: 0)
        }
        #expect(signal(stamp.pid, stamp.startTicks))
        #expect(!signal(stamp.pid, stamp.startTicks + 1))
        for pid: Int32 in [-1, 0, 1] { #expect(!signal(pid, stamp.startTicks)) }
        process.kill()
        #expect(!signal(stamp.pid, stamp.startTicks))
    }

    @Test(arguments: ["sh", "a b", "(", ")", "x) S 1 1 (", ""])
    func namesWithParenthesesDoNotShiftFields(_ name: String) throws {
        let line = "77 (\(name)) R 1 66 55 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 10 11\n"
        let stat = try #require(ProcessStat(parsing: Array(line.utf8)))
        #expect(stat.state == UInt8(ascii: "R"))
        #expect(stat.group == 66)
        #expect(stat.startTicks == 987_654)
    }

    @Test(arguments: [
        "", "77", "77 (sh", "77 (sh)", "77 (sh) R 1", "77 (sh) R 1 x 5 0 -1 4 1 2 3 4 5 6 7 8 20 0 1 0 9",
    ])
    func tornLinesAreNoProcess(_ line: String) {
        #expect(ProcessStat(parsing: Array(line.utf8)) == nil)
    }

    @Test func theHostHasAName() {
        var name = utsname()
        uname(&name)
        let expected = withUnsafeBytes(of: &name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        #expect(ProcessTable.hostName == expected)
    }
}
