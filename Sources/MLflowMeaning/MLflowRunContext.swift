package import RunModel

/// What MLflow's client puts on every run that it creates: a JSON object of tags
/// (`mlflow/tracking/context/system_environment_context.py`).
package enum MLflowRunContext {
    /// The variable that the client reads.
    package static let variable = "MLFLOW_RUN_CONTEXT"

    /// Names `run` as the one whose command creates the runs, beside the tags that `outer` has.
    ///
    /// The members of `outer` stay as they are written. Of a key that comes twice Python takes the last, so a command
    /// within a command names its own run. What is no object means nothing to the client either, and is replaced.
    package static func text(naming run: RunID, added outer: String?) -> String {
        let own = "\(quoted(MLflowTag.execution)): \(quoted(run.text))}"
        guard let outer, let members = members(of: outer) else { return "{" + own }
        return members.allSatisfy(isBlank) ? "{" + own : "{" + members + ", " + own
    }

    /// What stands between the outermost braces; nil where there are none.
    private static func members(of text: String) -> Substring? {
        guard let start = text.firstIndex(where: { !isBlank($0) }), let end = text.lastIndex(where: { !isBlank($0) }),
            start < end, text[start] == "{", text[end] == "}"
        else { return nil }
        return text[text.index(after: start)..<end]
    }

    private static func isBlank(_ character: Character) -> Bool { character.isASCII && character.isWhitespace }

    /// A JSON string.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
