import FileAccess
import Glibc
import QuietPrograms
import RunExecution
import SlurmCommands

/// Asks Slurm about one job from within a supervisor.
///
/// Not by `SlurmTool`: a supervisor takes the ends of all its children from the kernel, and the library that runs programs
/// would wait for the end of its own in vain. Here what is printed is enough.
struct NodeQuestion: Sendable {
    let number: Int
    /// Neutral ones, of a process that asks Slurm.
    let variables: [String: String]
    /// Milliseconds.
    let deadline: Int64

    /// Bytes of an answer about one job.
    private static let limit = 1 << 20

    /// Nil when Slurm has not told in time.
    func job() async -> SlurmJob? {
        let end = ContinuousClock.now + .milliseconds(deadline)
        // A version that does not know the long words of fields prints nothing.
        for dialect in [SlurmListing.Dialect.long, .short] {
            let listing = SlurmListing(dialect)
            let words = ["-h", "-t", "all", "-j", "\(number)"] + listing.arguments
            guard let output = await printed(words, until: end) else { return nil }
            if let jobs = try? listing.jobs(in: output), let job = jobs.first(where: { $0.id == number }) ?? jobs.first
            {
                return job
            }
        }
        return nil
    }

    private func printed(_ arguments: [String], until end: ContinuousClock.Instant) async -> String? {
        guard let program = ProgramPath.find("squeue", in: variables["PATH"]) else { return nil }
        var ends: [Int32] = [-1, -1]
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0, pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let child = ChildProcess.start(
            ChildProcess.Program(
                path: Array(program.utf8), arguments: (["squeue"] + arguments).map { Array($0.utf8) },
                environment: variables.map { Array("\($0)=\($1)".utf8) }),
            streams: ChildProcess.Streams(input: nothing, output: ends[1], error: nothing), inheritance: .none,
            leadsSession: true)
        close(nothing)
        close(ends[1])
        let reading = ends[0]
        guard child != nil else {
            close(reading)
            return nil
        }
        return await BlockingCall.run {
            defer { close(reading) }
            return Self.read(reading, until: end)
        }
    }

    /// Up to the end of the output; nil when that takes too long.
    private static func read(_ descriptor: Int32, until end: ContinuousClock.Instant) -> String? {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 8_192)
        while text.count < limit {
            let milliseconds = ContinuousClock.now.duration(to: end) / .milliseconds(1)
            guard milliseconds >= 1 else { return nil }
            var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, Int32(milliseconds)) > 0 else { continue }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return String(decoding: text, as: UTF8.self) }
            text += buffer.prefix(count)
        }
        return nil
    }
}
