package import RunModel
package import RunServices
import TerminalUI

extension Dashboard {
    /// What a person who leaves is told of a command that was not answered: which, on which runs, where, and what now.
    ///
    /// Free of control characters: it goes to the shell's terminal as it is.
    package func farewell(of steering: Steering, runs: [RunID], on service: ServiceDescription) -> String {
        let named = runs.prefix(3).map { id in
            list.table[id].map { "“\($0.name)” (\(id.text))" } ?? id.text
        }
        let more = runs.count > named.count ? " and \(runs.count - named.count) more" : ""
        let text =
            "Not confirmed: \(steering.noun) \(named.joined(separator: ", "))\(more) on \(service.kind) "
            + "\(service.location). The run service had not answered when runwatch was left; "
            + "look at \(runs.count == 1 ? "the run" : "the runs") before you repeat it."
        return TerminalText.sanitized(text)
    }
}

extension Steering {
    /// For sentences about a command that may not have been carried out: "cancelling".
    fileprivate var noun: String {
        switch self {
        case .cancel(includingDescendants: false): "cancelling"
        case .cancel(includingDescendants: true): "cancelling with child runs"
        case .kill: "killing"
        case .fail: "marking failed"
        case .complete: "marking completed"
        case .order(.hold): "holding"
        case .order(.release): "releasing"
        case .order(.requeue): "requeueing"
        case .editTags: "changing the tags of"
        case .describe: "changing the note of"
        case .rename(_, let name): "renaming to “\(name)”"
        }
    }
}
