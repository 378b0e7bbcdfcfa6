import Foundation
import LocalStore
import RunModel
import RunServer
import RunServices
import TestSupport
import Testing

/// The file that scripts import, in scripts that run.
struct PythonHelperTests {
    @Test(arguments: [nil, "callback"])
    func `A script that was started without exec stops once its run is cancelled`(_ mode: String?) async throws {
        let server = try await ServedStore()
        let place = try TemporaryDirectory()
        let helper = place.path + "/runwatch_helper.py"
        try PythonHelper.text.write(toFile: helper, atomically: true, encoding: .utf8)
        async let output = MLflowPython.run(
            "served_helper.py", [server.address, helper] + (mode.map { [$0] } ?? []),
            environment: MLflowClientTests.quiet)
        let run = try await eventually("the script's run") {
            try await server.store.runs(in: .all, matching: nil, limit: 1).first
        }
        // As a dashboard on the store cancels.
        #expect(try await server.store.cancel(run.id, includingDescendants: false).map(\.status) == [.canceled])
        let lines = String(decoding: try await output, as: UTF8.self).split(separator: "\n")
        #expect(lines.first.map(String.init) == run.id.text)
        let told = try #require(lines.first { $0.contains("\"how\"") })
        #expect(told.contains(mode == nil ? #""how": "interrupt""# : #""how": "callback""#))
        if mode == nil { #expect(told.contains(#""cleaned": true"#)) }
        // Whatever MLflow's client said of it as the script ended.
        #expect(try await server.store.details(of: run.id).run.status == .canceled)
    }
}
