import Foundation
import Glibc
import MLflowService
import RunServices
import TestSupport

/// Many clients at once.
struct ServeLoad {
    let port: Int

    /// Calls a second of so many clients, each with a run and a connection of its own.
    func rate(clients: Int, calls: Int, _ call: @escaping @Sendable (_ run: String) -> ServeCall) async throws -> Double
    {
        var runs: [String] = []
        for _ in 0..<clients { runs.append(try await newRun()) }
        let start = Stopwatch.now()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for run in runs {
                group.addTask {
                    let connection = try RawConnection(port)
                    let call = call(run)
                    for number in 0..<calls {
                        await connection.send(call.request(number, port: port))
                        let answer = try await connection.answer()
                        guard answer.status == 200 else {
                            throw TerminalProcess.Failure(description: "\(call.name): \(answer.text.prefix(300))")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        return Double(clients * calls) / (Stopwatch.now() - start) * 1_000
    }

    func newRun() async throws -> String {
        let body = #"{"experiment_id":"1","start_time":1760000000000,"run_name":"benchmark"}"#
        let answer = try await RawConnection.ask(port, "POST", "/api/2.0/mlflow/runs/create", Array(body.utf8))
        let run = answer.object["run"] as? [String: Any]
        guard let id = (run?["info"] as? [String: Any])?["run_id"] as? String else {
            throw TerminalProcess.Failure(description: "runs/create: \(answer.status) \(answer.text.prefix(300))")
        }
        return id
    }

    /// What so many dashboards cost that ask every two seconds, and how long the calls of a script take meanwhile.
    func dashboards(_ count: Int, seconds: Double, pid: pid_t) async throws -> (cpuShare: Double, calls: Distribution) {
        let followers = try (0..<count).map { _ in
            try RunwatchServer(MLflowConnection(uri: "http://127.0.0.1:\(port)", environment: [:]))
        }
        // Each has read what is there before it polls.
        var cursors: [ChangeCursor?] = []
        for follower in followers {
            cursors.append(try await follower.changes(in: .all, since: nil, pageSize: 0).cursor)
        }
        let run = try await newRun()
        let before = ProcessUsage(of: pid).cpuSeconds
        let start = Stopwatch.now()
        let calls = try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, follower) in followers.enumerated() {
                let first = cursors[index]
                group.addTask {
                    var cursor = first
                    try await Task.sleep(for: .milliseconds(2_000 * index / count))
                    while Stopwatch.now() - start < seconds * 1_000 {
                        cursor = try await follower.changes(in: .all, since: cursor, pageSize: 0).cursor
                        try await Task.sleep(for: .seconds(2))
                    }
                }
            }
            var times: [Double] = []
            var number = 0
            while Stopwatch.now() - start < seconds * 1_000 {
                times += [try await ServeCall.logMetric(run, from: number * 3).times(1, on: port).median]
                number += 1
                try await Task.sleep(for: .milliseconds(100))
            }
            try await group.waitForAll()
            return Distribution(times)
        }
        return ((ProcessUsage(of: pid).cpuSeconds - before) / (Stopwatch.now() - start) * 1_000, calls)
    }
}
