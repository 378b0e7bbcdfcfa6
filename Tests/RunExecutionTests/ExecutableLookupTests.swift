import Glibc
import RunExecution
import Testing

@Suite struct ExecutableLookupTests {
    @Test func findsInThePathAsExecvpDoes() {
        #expect(ExecutableLookup.find("sh", searchPath: "/nonexistent:/bin") == .found("/bin/sh"))
        #expect(ExecutableLookup.find("/bin/sh", searchPath: nil) == .found("/bin/sh"))
    }

    @Test func tellsMissingFromNotExecutable() {
        #expect(
            ExecutableLookup.find("no-such-command", searchPath: "/bin")
                == .failed("no-such-command: command not found in PATH.", status: 127))
        #expect(ExecutableLookup.find("./no/such", searchPath: nil) == .failed("./no/such: no such file.", status: 127))
        #expect(
            ExecutableLookup.find("/etc/passwd", searchPath: nil)
                == .failed("/etc/passwd: not executable; give it permission with chmod +x.", status: 126))
        #expect(
            ExecutableLookup.find("/etc", searchPath: nil)
                == .failed("/etc: is a directory, not a command.", status: 126))
    }

    @Test func laterMatchWinsOverAnEarlierRefusal() {
        // `/etc/passwd` is no command, so a directory that only has such a file is passed over.
        #expect(ExecutableLookup.find("sh", searchPath: "/etc:/bin") == .found("/bin/sh"))
    }
}
