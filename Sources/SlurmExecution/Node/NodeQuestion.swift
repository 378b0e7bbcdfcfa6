import FileAccess
import Glibc
import QuietPrograms
import RunExecution
import SlurmCommands

/// Asks Slurm about one job from within a supervisor.
///
/// Not by `SlurmTool`: a supervisor takes the ends of all its children from the kernel, and the library that runs programs
/// would wait for the end of its own in vain. Here what is printed is enough.
enum NodeQuestion {
    /// Bytes of an answer about one job.
    private static let limit = 1 << 20

    /// Nil when Slurm has not told within `deadline` milliseconds.
    static func job(_ number: Int, deadline: Int64) async -> SlurmJob? {
        let listing = SlurmListing(.long)
        guard let output = await printed(["-h", "-t", "all", "-j", "\(number)"] + listing.arguments, deadline),
            let jobs = try? listing.jobs(in: output)
        else { return nil }
        return jobs.first { $0.id == number } ?? jobs.first
    }

    private static func printed(_ arguments: [String], _ deadline: Int64) async -> String? {
        let path = getenv("PATH").map { String(cString: $0) }
        guard let program = ProgramPath.find("squeue", in: path) else { return nil }
        // Options in variables would change what is printed.
        let options = [
            "SQUEUE_FORMAT", "SQUEUE_FORMAT2", "SQUEUE_SORT", "SQUEUE_STATES", "SQUEUE_ALL", "SLURM_CLUSTERS",
        ]
        var changes: [String: String?] = ["SLURM_TIME_FORMAT": "%s", "SLURM_BITSTR_LEN": "0"]
        for name in options { changes.updateValue(nil, forKey: name) }
        var ends: [Int32] = [-1, -1]
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0, pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let child = ChildProcess.start(
            ChildProcess.Program(
                path: Array(program.utf8), arguments: (["squeue"] + arguments).map { Array($0.utf8) },
                environment: CommandText.environment(changing: changes)),
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
            return read(reading, deadline)
        }
    }

    /// Up to the end of the output; nil when that takes too long.
    private static func read(_ descriptor: Int32, _ deadline: Int64) -> String? {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 8_192)
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(deadline)
        while text.count < limit {
            let left = clock.now.duration(to: end)
            let milliseconds = left.components.seconds * 1_000 + left.components.attoseconds / 1_000_000_000_000_000
            guard milliseconds > 0 else { return nil }
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
