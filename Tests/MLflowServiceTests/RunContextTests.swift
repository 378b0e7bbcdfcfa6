import Foundation
import RunModel
import Testing

@testable import MLflowMeaning

/// What `MLFLOW_RUN_CONTEXT` says to MLflow's client in a supervised command.
@Suite struct RunContextTests {
    private func tags(_ outer: String?, run: String = "abc") throws -> [String: String] {
        let text = MLflowRunContext.text(naming: RunID(run), added: outer)
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String], "\(text)")
    }

    @Test(arguments: [nil, "", "{}", " { } \n", "[]", "team", "\"{}\"", "{"] as [String?])
    func theRunIsNamedWhateverWasThere(outer: String?) throws {
        #expect(try tags(outer) == ["runwatch.execution": "abc"])
    }

    @Test func whatWasThereStays() throws {
        #expect(
            try tags(#" {"team": "vision \" }", "a":"b"} "#)
                == ["team": "vision \" }", "a": "b", "runwatch.execution": "abc"])
        let exact = MLflowRunContext.text(naming: RunID("abc"), added: #"{"n": 12345678901234567890, "f": NaN}"#)
        #expect(exact == #"{"n": 12345678901234567890, "f": NaN, "runwatch.execution": "abc"}"#)
    }

    @Test func aCommandWithinACommandNamesItsOwnRun() {
        let outer = MLflowRunContext.text(naming: RunID("outer"), added: nil)
        let inner = MLflowRunContext.text(naming: RunID("inner"), added: outer)
        #expect(inner.hasSuffix(#", "runwatch.execution": "inner"}"#), "Python takes the last of a key")
    }

    @Test func anIdOfAnyBytesIsAString() throws {
        #expect(try tags("{}", run: "a\"b\\\u{1}\né")["runwatch.execution"] == "a\"b\\\u{1}\né")
    }

    @Test func theTagIsFoundOnRunsThatTheClientMade() {
        let record = MLflowRecord(
            id: "r", experimentID: "1", status: "RUNNING", startTime: 1, tags: [("runwatch.execution", "abc")])
        let run = MLflowMapping.run(from: record, at: Timestamp(milliseconds: 2))
        #expect(run.executionID == RunID("abc"))
        #expect(run.tags.isEmpty)
    }

    @Test func onlyMLflowsOwnWordsGetAdvice() {
        let words = """
            mlflow.exceptions.MlflowException: Cannot start run with ID abc because active experiment ID does not match \
            environment run ID. Make sure --experiment-name or --experiment-id matches experiment set with \
            set_experiment(), or just use command-line arguments
            """
        #expect(MLflowAdvice.onEnd(lastWords: words)?.contains("runwatch exec -e NAME") == true)
        #expect(MLflowAdvice.onEnd(lastWords: "ValueError: environment run ID") == nil)
    }
}
