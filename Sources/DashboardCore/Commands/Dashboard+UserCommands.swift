import RunModel
import RunServices
import TerminalUI

extension Dashboard {
    /// The command of the user's own with this key.
    func userCommand(for key: Key) -> UserCommand? { commands.first { $0.key == key } }

    /// Begins a command of the user's own: asks what it asks for, then runs it.
    ///
    /// - Parameter input: what was typed behind its name.
    mutating func perform(_ command: UserCommand, input: String = "") -> [Effect] {
        var targets: [RunID] = []
        if command.template.needsRun {
            if let reason = noTargets {
                announce(.refused, reason)
                return []
            }
            targets = actionTargets
        }
        guard targets.count <= Self.mostTargets else {
            announce(
                .refused,
                "“\(command.name)” takes at most \(Self.mostTargets) runs at once, and \(targets.count) are marked.")
            return []
        }
        // What cannot be run need not be asked about.
        let typed = input.isEmpty ? nil : input
        guard let call = filled(CommandCall(command: command, targets: targets), input: typed ?? "") else { return [] }
        if command.prompt != nil, typed == nil {
            mode = .askingInput(LineInput(), call)
            return []
        }
        return confirm(call)
    }

    /// Runs beyond these would make a program too long for one line of a question.
    static let mostTargets = 50

    /// With all values in their places; nil, with a sentence, where one is missing.
    private mutating func filled(_ call: CommandCall, input: String) -> CommandCall? {
        var call = call
        call.filled = []
        let runs: [Run?] = call.targets.isEmpty ? [nil] : call.targets.map { list.table[$0] }
        for (index, run) in runs.enumerated() {
            if !call.targets.isEmpty, run == nil {
                announce(.refused, "A run that “\(call.command.name)” is about is not there any more.")
                return nil
            }
            let circumstances = CommandTemplate.Circumstances(
                service: service.location, host: run.flatMap(host), input: input)
            do throws(CommandTemplate.Fault) {
                call.filled.append(try call.command.template.filled(with: run, circumstances, number: index + 1))
            } catch {
                announce(.refused, "“\(call.command.name)” was not run: \(error.sentence)")
                return nil
            }
        }
        return call
    }

    /// Where a run's command is, as far as its page or its tags tell.
    private func host(of run: Run) -> String? {
        if let details = currentDetails, details.run.id == run.id {
            let host = details.supervisor?.supervisor.host ?? details.source?.host ?? ""
            if !host.isEmpty { return host }
        }
        return (run.machineTags.value(forKey: "runwatch.source.host") ?? nil).flatMap { $0.isEmpty ? nil : $0 }
    }

    mutating func askingInputKey(_ key: Key, _ input: LineInput, _ call: CommandCall) -> [Effect] {
        var input = input
        switch PromptKeys.action(for: key, in: .line) {
        case .accept:
            mode = .browsing
            guard let call = filled(call, input: input.text) else { return [] }
            return confirm(call)
        case .cancel:
            mode = .browsing
            announce(.hint, "Nothing was run.")
        default:
            if input.handle(key) { mode = .askingInput(input, call) }
        }
        return []
    }

    private mutating func confirm(_ call: CommandCall) -> [Effect] {
        guard call.command.confirms else { return run(call) }
        if let reason = readOnlyReason {
            announce(.refused, "“\(call.command.name)” asks before it changes something: \(reason)")
            return []
        }
        var call = call
        call.openedAt = now.monotonic
        mode = .confirmingCommand(call)
        return []
    }

    mutating func confirmingCommandKey(_ key: Key, _ call: CommandCall) -> [Effect] {
        switch PromptKeys.action(for: key, in: .confirmation) {
        case .decline:
            mode = .browsing
            announce(.hint, "Nothing was run.")
        case .confirm where now.monotonic - call.openedAt >= Confirmation.deafness:
            mode = .browsing
            return run(call)
        default: break
        }
        return []
    }

    private mutating func run(_ call: CommandCall) -> [Effect] {
        let command = call.command
        notice = nil
        if command.isInBackground {
            announce(.hint, "“\(command.name)” runs.")
            return call.filled.map { filled in
                .runBackground(
                    BackgroundCommand(
                        name: command.name, script: filled.script, environment: filled.environment,
                        deadline: command.deadline))
            }
        }
        // One after the other on one terminal, whatever becomes of the first.
        let script = call.filled.map(\.script).joined(separator: "\n")
        let environment = call.filled.reduce(into: [:]) { $0.merge($1.environment) { first, _ in first } }
        let heading = call.filled.map { "$ " + TerminalText.sanitized($0.shown) }.joined(separator: "\n")
        return [
            .runForeground(
                ForegroundCommand(
                    ["/bin/sh", "-c", script], environment: environment, heading: heading, waitsForKey: command.pauses),
                name: command.name)
        ]
    }

    /// What it said last, or how it failed; and what it changed, from the service.
    mutating func commandEnded(_ name: String, _ end: CommandEnd, lastLine: String) -> [Effect] {
        let said = lastLine.isEmpty ? "" : ": " + lastLine
        if let fault = end.fault {
            announce(.refused, "“\(name)” \(fault)\(said.isEmpty ? "." : said)")
        } else {
            announce(.done, said.isEmpty ? "“\(name)” has ended." : "“\(name)”\(said)")
        }
        return polling.isPaused ? [] : pollAfresh()
    }
}
