import RunModel
package import RunServices
import TerminalUI

/// Which of a run's logs is read.
extension Dashboard {
    /// The log that was chosen, while the selected run has it; else the one that a person most likely wants.
    package var shownLog: LogFile? {
        guard let details = currentDetails else { return nil }
        if let chosen = detail.chosenLog, chosen.run == details.run.id {
            if let file = details.logs.first(where: { $0.name == chosen.file.name }) { return file }
            if chosen.isArtifact { return chosen.file }
        }
        return details.mainLog
    }

    /// Whether the file on screen was found among the artifacts.
    var showsArtifact: Bool {
        guard let chosen = detail.chosenLog, chosen.isArtifact else { return false }
        return chosen.run == detail.log.run && chosen.file.name == detail.log.file
    }

    /// Turns to the log named, or opens the list; with one log or none it says so.
    mutating func logFileCommand(_ argument: String) {
        show(.logs)
        guard let files = logFiles() else { return }
        if argument.isEmpty {
            mode = .choosingLog(files.firstIndex { $0.name == shownLog?.name } ?? 0)
            return
        }
        let wanted = argument.lowercased()
        let match =
            files.first { $0.name == argument } ?? files.first { $0.name.lowercased().hasPrefix(wanted) }
            ?? files.first { $0.name.lowercased().contains(wanted) }
        guard let match else {
            announce(.refused, "This run has no log “\(argument)”; :log-file without a name lists them.")
            return
        }
        chooseLog(match)
    }

    /// Turns to the log before or behind the one on screen, round the ends.
    mutating func turnLog(by offset: Int) {
        show(.logs)
        guard let files = logFiles() else { return }
        guard files.count > 1 else {
            announce(.hint, "This run has one log.")
            return
        }
        let index = files.firstIndex { $0.name == shownLog?.name } ?? 0
        chooseLog(files[(index + offset + files.count) % files.count])
    }

    mutating func choosingLogKey(_ key: Key, _ selection: Int) -> [Effect] {
        guard let files = currentDetails?.logs, !files.isEmpty else {
            mode = .browsing
            return []
        }
        if PromptKeys.action(for: key, in: .menu) == .choose {
            mode = .browsing
            chooseLog(files[min(selection, files.count - 1)])
        } else {
            mode =
                menuSelection(selection, key, count: files.count, opener: .logFile).map(Mode.choosingLog) ?? .browsing
        }
        return []
    }

    private mutating func chooseLog(_ file: LogFile) {
        guard let run = currentDetails?.run.id else { return }
        detail.chosenLog = ChosenLog(run: run, file: file)
        focus = .detail
    }

    /// Nil, and said, when there is none to choose from.
    private mutating func logFiles() -> [LogFile]? {
        guard let details = currentDetails else {
            announce(.hint, "The run's page is being read; try again in a moment.")
            return nil
        }
        guard !details.logs.isEmpty else {
            announce(.hint, details.logsError?.message ?? "This run has no log.")
            return nil
        }
        return details.logs
    }
}
