import Foundation
import TestSupport
import Testing

/// What a real `mlflow server` answers, and what ours does, field by field.
struct MLflowComparisonTests {
    /// A difference that is meant, and why.
    private struct Difference: Decodable {
        /// A part of the request; nil for any.
        let request: String?
        /// A regular expression of the field's whole path.
        let field: String
        let reason: String

        func covers(_ request: String, _ path: String) -> Bool {
            guard self.request.map(request.contains) ?? true else { return false }
            return path.range(of: "^(\(field))$", options: .regularExpression) != nil
        }
    }

    @Test func `Our server answers as MLflow's does but for what is meant`() async throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: MLflowPython.fixture("mlflow_differences.json")))
        let meant = try JSONDecoder().decode([Difference].self, from: data)
        let script = try ComparisonScript()
        async let theirServer = MLflowTrackingServer()
        let ours = try await ServedStore()
        let their = try await theirServer
        let port = try #require(their.address.split(separator: ":").last.flatMap { Int($0) })
        let (expected, found) = (try await script.replay(on: port), try await script.replay(on: ours.port))
        try #require(expected.count == found.count && expected.count > 900)
        var used: Set<String> = []
        for (their, our) in zip(expected, found) {
            let differences =
                ComparisonValue.differences("\(their.status)", "\(our.status)", at: "status")
                + ComparisonValue.differences(their.content, our.content, at: "answer")
            for difference in differences {
                if let reason = meant.first(where: { $0.covers(our.request, difference.path) })?.reason {
                    used.insert(reason)
                } else {
                    Issue.record("\(our.request)\n\(difference.path): \(difference.left)\nours: \(difference.right)")
                }
            }
        }
        // What is allowed and does not occur would hide what comes later.
        for difference in meant where !used.contains(difference.reason) {
            Issue.record("This difference is gone, so take it off the list: \(difference.reason)")
        }
    }
}
