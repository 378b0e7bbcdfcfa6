import Foundation
import TestSupport

/// One call of MLflow's protocol, as often as it is measured: the same bytes to either server.
struct ServeCall: Sendable {
    let name: String
    let method: String
    let path: String
    /// Nil for none; told apart by their number where a server would take the same twice for nothing new.
    let body: (@Sendable (Int) -> String)?

    /// Milliseconds of one call after the other on one connection; the first ones warm caches and do not count.
    ///
    /// Fewer than `count`, but three, where they take longer than `seconds` together.
    func times(_ count: Int, on port: Int, seconds: Double = 20) async throws -> Distribution {
        let connection = try RawConnection(port)
        var times: [Double] = []
        let end = Stopwatch.now() + seconds * 1_000
        for number in -2..<count where times.count < 3 || Stopwatch.now() < end {
            let request = request(number + 2, port: port)
            let start = Stopwatch.now()
            await connection.send(request)
            let answer = try await connection.answer()
            if number >= 0 { times.append(Stopwatch.now() - start) }
            guard answer.status == 200 else {
                throw TerminalProcess.Failure(description: "\(name): \(answer.status) \(answer.text.prefix(300))")
            }
        }
        return Distribution(times)
    }

    func request(_ number: Int, port: Int) -> [UInt8] {
        let bytes = body.map { Array($0(number).utf8) }
        return RawConnection.head(method, "/api/2.0/mlflow/" + path, port: port, length: bytes?.count) + (bytes ?? [])
    }
}

extension ServeCall {
    static func search(_ name: String, _ experiments: [Int], _ more: String) -> ServeCall {
        let ids = experiments.map { "\"\($0)\"" }.joined(separator: ",")
        return ServeCall(name: name, method: "POST", path: "runs/search") { _ in
            #"{"experiment_ids":[\#(ids)],\#(more)}"#
        }
    }

    static func getRun(_ run: String) -> ServeCall {
        ServeCall(name: "runs/get", method: "GET", path: "runs/get?run_id=\(run)", body: nil)
    }

    /// - Parameter first: the step of the first call's point.
    static func logMetric(_ run: String, from first: Int = 0) -> ServeCall {
        ServeCall(name: "runs/log-metric", method: "POST", path: "runs/log-metric") { number in
            let step = first + number
            return
                #"{"run_id":"\#(run)","key":"single","value":0.5,"timestamp":\#(1_760_000_000_000 + step),"step":\#(step)}"#
        }
    }

    static func logBatch(_ run: String, points: Int, from first: Int = 0) -> ServeCall {
        ServeCall(name: "runs/log-batch of \(points) points", method: "POST", path: "runs/log-batch") { number in
            let metrics = (0..<points).map { index in
                let step = (first + number) * points + index
                return
                    #"{"key":"batch","value":\#(1 / Double(index + 1)),"timestamp":\#(1_760_000_000_000 + step),"step":\#(step)}"#
            }
            return #"{"run_id":"\#(run)","metrics":[\#(metrics.joined(separator: ","))]}"#
        }
    }

    static func history(_ run: String, _ metric: String, _ name: String) -> ServeCall {
        ServeCall(name: name, method: "GET", path: "metrics/get-history?run_id=\(run)&metric_key=\(metric)", body: nil)
    }
}
