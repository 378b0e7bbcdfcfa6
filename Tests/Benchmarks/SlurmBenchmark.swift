import Foundation
import TestSupport

/// The jobs of a busy cluster, 5,000 that wait and 500 that run, of 50 users. A script stands in for `squeue`: this measures
/// what is read here, not what a controller has to do for it.
///
/// For that, 50 users who look at all jobs ask 100 times a minute at the usual interval of 30 s, however many dashboards each
/// of them has on a host.
enum SlurmBenchmark {
    private static let (waiting, running, users) = (5_000, 500, 50)

    static func measure(_ setting: BenchmarkSetting) async throws -> [BenchmarkResult] {
        let place = try TemporaryDirectory()
        let bytes = try makeProgram(in: place.path)
        // A home of its own, for jobs are remembered there.
        let dashboard = try setting.startDashboard(
            service: "slurm:?user=all", adding: ["PATH": "\(place.path):/usr/bin:/bin", "HOME": place.path])
        defer { dashboard.end() }
        let first = try dashboard.wait(for: "job-\(waiting + running)") - dashboard.startedAt
        // Until all of them are read.
        try dashboard.settle(quiet: 5_000)
        let seconds = setting.isQuick ? 32.0 : 90
        let before = ProcessUsage(of: dashboard.pid)
        let end = Stopwatch.now() + seconds * 1_000
        while Stopwatch.now() < end { _ = try dashboard.read(within: max(0, end - Stopwatch.now())) }
        let after = ProcessUsage(of: dashboard.pid)
        return [
            BenchmarkResult(
                name: "Slurm, \(waiting + running) jobs: start to first rows", measured: first, unit: "ms",
                note: "\(bytes / 1_000) kB in an answer of squeue"),
            BenchmarkResult(
                name: "Slurm, \(waiting + running) jobs: CPU per minute",
                measured: (after.cpuSeconds - before.cpuSeconds) * 60 / seconds, unit: "s",
                note: "over \(ResultTable.fixed(seconds, 0)) s, asked every 30 s"),
            BenchmarkResult(
                name: "Slurm, \(waiting + running) jobs: resident memory", measured: after.residentMB, unit: "MB"),
        ]
    }

    /// A `squeue` that prints all jobs with whatever mark it is told to put after each field; returns the bytes of that.
    private static func makeProgram(in place: String) throws -> Int {
        let now = Int(Date.now.timeIntervalSince1970)
        let lines = (1...waiting + running).map { number in
            let runs = number > waiting
            return [
                "\(number)", "\(number)", "N/A", "user\(number % users)", number % 3 == 0 ? "gpu" : "main",
                runs ? "RUNNING" : "PENDING", runs ? "None" : "Priority", runs ? "node\(number % 90)" : "",
                "\(now - 90_000 + number)", runs ? "\(now - 6_000 + number)" : "N/A", "N/A", "1-00:00:00", "1", "8",
                "cpu=8,mem=32G,node=1,billing=8", "team\(number % 7)", "0", "0", "N/A", "(null)",
                "/home/user\(number % users)/project", "/home/user\(number % users)/project/slurm-\(number).out",
                "/home/user\(number % users)/project/slurm-\(number).out", "job-\(number)", "(null)",
            ].map { $0 + "|" }.joined()
        }
        let text = lines.joined(separator: "\n") + "\n"
        try text.write(toFile: place + "/jobs", atomically: true, encoding: .utf8)
        let program = place + "/squeue"
        // The last argument is the list of fields, with the mark after each.
        let script = "#!/bin/bash\nf=${!#}; m=${f#JobID:}; m=${m%%,*}\nexec sed \"s/|/$m/g\" '\(place)/jobs'\n"
        try script.write(toFile: program, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        return text.utf8.count
    }
}
