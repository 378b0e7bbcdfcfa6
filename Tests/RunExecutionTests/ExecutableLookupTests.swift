import Glibc
import RunExecution
import Testing

@Suite struct ExecutableLookupTests {
    private func find(_ name: String, _ searchPath: String?) -> ExecutableLookup.Outcome {
        ExecutableLookup.find(Array(name.utf8), searchPath: searchPath.map { Array($0.utf8) })
    }

    @Test func findsInThePathAsExecvpDoes() {
        #expect(find("sh", "/nonexistent:/bin") == .found(Array("/bin/sh".utf8)))
        #expect(find("/bin/sh", nil) == .found(Array("/bin/sh".utf8)))
    }

    @Test func tellsMissingFromNotExecutable() {
        #expect(
            find("no-such-command", "/bin")
                == .failed("no-such-command: command not found in PATH.", status: 127))
        #expect(find("./no/such", nil) == .failed("./no/such: no such file.", status: 127))
        #expect(
            find("/etc/passwd", nil)
                == .failed("/etc/passwd: not executable; give it permission with chmod +x.", status: 126))
        #expect(
            find("/etc", nil)
                == .failed("/etc: is a directory, not a command.", status: 126))
    }

    @Test func laterMatchWinsOverAnEarlierRefusal() {
        // `/etc/passwd` is no command, so a directory that only has such a file is passed over.
        #expect(find("sh", "/etc:/bin") == .found(Array("/bin/sh".utf8)))
    }
}
