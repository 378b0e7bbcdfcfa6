import Glibc
import RunModel
import RunServices

/// Tells why a command failed from how it ended, what it last wrote, and what the kernel counted meanwhile.
struct FailureDiagnosis: Sendable {
    /// Codes for programs.
    static let outOfMemory = "OutOfMemory"
    static let diskFull = "DiskFull"
    static let gpuLost = "GPULost"

    var exit: CommandExit
    /// The line that most likely says why.
    var lastWords: String?
    /// The end of the output, its last line last.
    var lines: [String]
    var memory: MemoryVerdict?
    /// Places on whose disks the command may have wanted to write.
    var places: [String] = []

    /// Lines at the end in which a full disk or a lost GPU counts as the reason.
    private static let reasonLines = 30

    /// What is kept with the run; `advice` ends the message.
    func failure(advice: String? = nil) -> RunFailure {
        let traceback = exit.isSignal ? nil : PythonTraceback(in: lines)
        var code = traceback?.exception
        var words = traceback?.line ?? lastWords
        if let traceback, let place = traceback.place { words = "\(traceback.line) (\(place))" }
        var sentence = exit.sentence
        if let kill = memoryKill() {
            // A process that saw another one die tells more than the count.
            code = kill.isCertain ? Self.outOfMemory : code ?? (exit.isKill ? Self.outOfMemory : nil)
            sentence = kill.sentence
        }
        let end = lines.suffix(Self.reasonLines)
        if Self.contains(end, ["no space left on device", "disk quota exceeded"]) {
            code = Self.diskFull
            if let full = places.first(where: Self.isFull) { sentence += ", the disk of \(Shown.path(full)) is full" }
        } else if Self.contains(
            end, ["fallen off the bus", "gpu is lost", "device lost", "nvrm: xid", "uncorrectable ecc"])
        {
            code = Self.gpuLost
            sentence += ", a GPU was lost"
        }
        var message = words.map { "\(sentence): \($0)" } ?? sentence
        if let advice { message += " " + advice }
        // The sentence comes last: lists have room for one line, and show that of others' tracebacks too.
        message = (excerpt(upTo: traceback?.index) + [message]).joined(separator: "\n")
        return RunFailure(code: code, message: message)
    }

    /// Lines that are kept with the run, and characters of each.
    private static let (excerptLines, excerptWidth) = (5, 200)

    /// The last lines of the output, or of the traceback in it; none where the sentence repeats the only one.
    private func excerpt(upTo index: Int?) -> [String] {
        let end = lines.prefix(index.map { $0 + 1 } ?? lines.count).suffix(Self.excerptLines)
        return end.count < 2 ? [] : end.map { String($0.prefix(Self.excerptWidth)) }
    }

    /// Nil where nothing says that memory was lacking.
    private func memoryKill() -> (sentence: String, isCertain: Bool)? {
        guard let memory else { return nil }
        let amount = memory.amount.map { ": \($0)" } ?? ""
        if let count = memory.inGroup {
            guard count > 0 else { return nil }
            if exit.isKill { return ("out of memory\(amount); \(exit.sentence) by the kernel", true) }
            let killed = Counted.text(count, "process", plural: "processes")
            return (
                "\(exit.sentence) after the kernel had killed \(killed) near it, out of memory\(amount)", false
            )
        }
        guard exit.isKill, let count = memory.onMachine, count > 0 else { return nil }
        return (
            "\(exit.sentence), most likely out of memory\(amount), since the kernel killed "
                + "\(Counted.text(count, "process", plural: "processes")) of this machine for that meanwhile", false
        )
    }

    private static func contains(_ lines: some Sequence<String>, _ words: [String]) -> Bool {
        lines.contains { line in
            let line = line.lowercased()
            return words.contains { line.contains($0) }
        }
    }

    /// Whether an ordinary user finds next to nothing free.
    private static func isFull(_ place: String) -> Bool {
        var info = statvfs()
        guard statvfs(place, &info) == 0, info.f_blocks > 0 else { return false }
        return UInt64(info.f_bavail) * UInt64(info.f_frsize) < 1 << 20 || info.f_files > 0 && info.f_favail == 0
    }
}

extension CommandExit {
    fileprivate var isSignal: Bool { if case .signal = self { true } else { false } }

    /// SIGKILL to it, or, as a shell tells it, to what it ran.
    fileprivate var isKill: Bool { self == .signal(SIGKILL) || self == .status(128 + SIGKILL) }
}
