import Foundation
import LocalStore
import RunModel
import RunServer
import RunServices
import TestSupport
import Testing

/// A client that was pointed at the server by hand, as code of its own can do it.
struct WithoutHelperTests {
    @Test func `A block of with ends although its log cannot be sent`() async throws {
        let server = try await ServedStore()
        let found = try await AzureClient().run("azureml_by_hand.py", on: server)
        #expect(found["status"] as? String == "Completed")
        #expect(found["metrics"] as? [String: Double] == ["loss": 0.5])
        #expect((found["refusal"] as? String)?.contains("print-python-helper") == true)
    }
}
