import RunModel
import RunServices
import TerminalUI

/// Running a run's command again.
extension Dashboard {
    /// Why the run cannot be run again from here; nil when it can.
    var rerunRefusal: String? {
        if let reason = capabilities.changeStatus.reason ?? noTargets { return reason }
        if actionTargets.count > 1 { return "Runs are run again one at a time; \(keyName(.unmarkAll)) unmarks all." }
        return nil
    }

    /// Opens the prompt; `argument` has other values of parameters, `lr=0.2 seed=3`.
    mutating func openRerun(_ argument: String) {
        let changes = argument.split(separator: " ").map(String.init)
        if let odd = changes.first(where: { $0.hasPrefix("=") || !$0.contains("=") }) {
            announce(.refused, "“\(odd)” is no KEY=VALUE: write “:rerun lr=0.2 seed=3”.")
            return
        }
        guard let id = actionTargets.first, let details = currentDetails, details.run.id == id else {
            announce(.refused, "The run's page is not read yet; select the run, and try again.")
            return
        }
        guard let source = details.source, !source.command.isEmpty, !source.directory.isEmpty else {
            announce(.refused, "“\(details.run.name)” does not tell its command; `runwatch exec` records commands.")
            return
        }
        var remarks: [String] = []
        if !source.host.isEmpty { remarks.append("It ran on \(source.host), and will run on this machine.") }
        if let commit = source.revision?.commit { remarks.append("The code was at commit \(commit.prefix(10)).") }
        mode = .rerunning(
            RerunPrompt(
                run: id, name: details.run.name, command: ShellText.line(source.command), directory: source.directory,
                changes: changes, remarks: remarks, openedAt: now.monotonic))
    }

    mutating func rerunningKey(_ key: Key, _ prompt: RerunPrompt) -> [Effect] {
        switch PromptKeys.action(for: key, in: .confirmation) {
        case .decline:
            mode = .browsing
            announce(.hint, "Nothing was started.")
        case .confirm where now.monotonic - prompt.openedAt >= Confirmation.deafness:
            mode = .browsing
            announce(.hint, "Starting “\(prompt.name)” again…")
            return [.rerun(prompt.run, changes: prompt.changes)]
        default: break
        }
        return []
    }

    mutating func rerunAnswered(_ id: RunID, _ result: Result<RerunAnswer, RunServiceError>) -> [Effect] {
        switch result {
        case .success(let answer):
            let name = list.table[id]?.name ?? id.text
            let notes = answer.notes.map { " Note: \($0)." }.joined()
            announce(.done, "“\(name)” runs again as \(answer.run.text.prefix(8)).\(notes)")
            return polling.isPaused ? [] : pollAfresh()
        case .failure(let error):
            announce(.refused, error.message)
            return []
        }
    }
}
