import Glibc
import RunModel
import RunServices
import Testing

@testable import RunExecution

/// Why a command failed, from its last words.
@Suite struct FailureDiagnosisTests {
    private func failure(_ output: String, _ exit: CommandExit = .status(1), lastWords: String? = nil) -> (
        String?, String?
    ) {
        var tail = OutputTail()
        for piece in output.split(separator: "|") { tail.add(Array(piece.utf8)) }
        let lines = tail.lines
        let failure = FailureDiagnosis(exit: exit, lastWords: lastWords ?? lines.last, lines: lines).failure()
        return (failure.code, failure.message?.split(separator: "\n").last.map(String.init))
    }

    @Test func theEndOfTheOutputIsKeptBeforeTheSentence() {
        func message(_ lines: [String]) -> [Substring] {
            let failure = FailureDiagnosis(exit: .status(1), lastWords: lines.last, lines: lines).failure()
            return (failure.message ?? "").split(separator: "\n")
        }
        #expect(message([]) == ["exited with status 1"])
        #expect(message(["only"]) == ["exited with status 1: only"])
        #expect(message(["one", "two"]) == ["one", "two", "exited with status 1: two"])
        let many = (1...50).map { "\($0) " + String(repeating: "x", count: 1_000) }
        #expect(message(many).count == 6 && message(many)[0].hasPrefix("46 x") && message(many)[0].count == 200)
        var tail = OutputTail()
        tail.add(Array((Self.traceback + "wandb: done\n").utf8))
        let traced = message(tail.lines)
        #expect(traced.count == 6 && traced[4] == "ValueError: bad shape" && traced[0].contains("train.py"))
    }

    private static let traceback = """
        epoch 3
        Traceback (most recent call last):
          File "/home/ana/work/train.py", line 80, in <module>
            main()
          File "/home/ana/work/model.py", line 12, in forward
            raise ValueError("bad shape")
        \u{1b}[31mValueError\u{1b}[0m: bad shape

        """

    @Test func aTracebacksExceptionIsTheCode() {
        let (code, message) = failure(Self.traceback)
        #expect(code == "ValueError")
        #expect(message == "exited with status 1: ValueError: bad shape (model.py:12)")
    }

    @Test func linesOfOthersAfterItDoNotHideIt() {
        let (code, message) = failure(Self.traceback + "wandb: Find logs at: ./wandb\nsrun: error: task 0\n")
        #expect(code == "ValueError" && message == "exited with status 1: ValueError: bad shape (model.py:12)")
    }

    @Test func oneThatWasCaughtLongAgoIsNoReason() {
        let (code, message) = failure(Self.traceback + (0..<20).map { "epoch \($0)\n" }.joined())
        #expect(code == nil && message == "exited with status 1: epoch 19")
    }

    @Test func theLastOfSeveralCounts() {
        let first = Self.traceback.replacing("bad shape", with: "first")
        let between = "\nDuring handling of the above exception, another exception occurred:\n\n"
        let second = """
            Traceback (most recent call last):
              File "train.py", line 9, in step
            torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.
            """
        let (code, message) = failure(first + between + second)
        #expect(code == "torch.OutOfMemoryError")
        #expect(
            message == "exited with status 1: torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. "
                + "(train.py:9)")
    }

    @Test(arguments: [
        "", "Traceback (most recent call last):", "Traceback (most recent call last):\n  File \"\n", "…: x",
    ])
    func piecesOfOneAreNone(_ text: String) { #expect(failure(text).0 == nil) }

    @Test func aLongOutputKeepsItsEnd() {
        var tail = OutputTail()
        for number in 0..<20_000 { tail.add(Array("line \(number)\n".utf8)) }
        #expect(tail.lines.last == "line 19999" && tail.lines.count < 20_000)
        tail.add([UInt8](repeating: 0xFF, count: 1 << 20))
        #expect(tail.lines.count == 1)
    }

    @Test func aFullDiskAndALostGPUAreTold() {
        let full = failure("tar: out.bin: Cannot write: No space left on device\n", .status(2))
        #expect(full.0 == "DiskFull" && full.1?.hasPrefix("exited with status 2") == true)
        let lost = failure("NVRM: Xid (PCI:0000:3b:00): 79, GPU has fallen off the bus.\n")
        #expect(lost.0 == "GPULost" && lost.1?.hasPrefix("exited with status 1, a GPU was lost: NVRM") == true)
    }

    @Test func signalsAreToldInWords() {
        #expect(CommandExit.signal(SIGSEGV).sentence == "killed by signal 11 (SIGSEGV, segmentation fault)")
        #expect(CommandExit.signal(SIGTERM).sentence == "killed by signal 15 (SIGTERM)")
        #expect(
            CommandExit.status(139).sentence == "exited with status 139 (as a shell says SIGSEGV, segmentation fault)")
        #expect(CommandExit.status(137).sentence == "exited with status 137 (as a shell says SIGKILL)")
        #expect(CommandExit.status(255).sentence == "exited with status 255")
    }

    @Test(
        arguments: [
            (0, "0 B"), (999, "999 B"), (1_500, "1.5 kB"), (64_000_000_000, "64 GB"), (9_960_000_000, "10 GB"),
            (63_400_000_000, "63 GB"), (999_600, "1 MB"), (-5, "0 B"), (Int64.max, "9223372 TB"),
        ] as [(Int64, String)])
    func sizes(_ bytes: Int64, _ text: String) { #expect(SizeText.brief(bytes) == text) }
}
