/// A command with its values: what the shell is given, and what a person is shown of it.
package struct FilledCommand: Equatable, Sendable {
    /// The shell's program; holds none of the values.
    package var script: String
    /// The values.
    package var environment: [String: String]
    /// The command as a person would type it; holds others' text.
    package var shown: String
}

extension CommandTemplate {
    /// What a command is about, besides the run.
    package struct Circumstances: Sendable {
        /// Where the run's command is; nil where that is not known.
        package var host: String?
        /// Where the run service on screen is.
        package var service: String
        /// What the person typed; nil before they were asked.
        package var input: String?

        /// Nothing known but the service.
        package init(service: String, host: String? = nil, input: String? = nil) {
            self.host = host
            self.service = service
            self.input = input
        }
    }

    /// Bytes of a value; the system takes no longer variables than twice that.
    static let longestValue = 65_536

    /// Puts in the values of a run.
    ///
    /// - Parameters:
    ///   - number: tells the variables of several runs apart.
    ///
    /// Throws which value is missing, or cannot be given to a command.
    package func filled(
        with run: Run?, _ circumstances: Circumstances, number: Int = 1
    ) throws(Fault) -> FilledCommand {
        var command = FilledCommand(script: "", environment: [:], shown: "")
        for piece in pieces {
            switch piece {
            case .text(let text):
                command.script += text
                command.shown += text
            case .slot(let slot):
                let value = try value(of: slot, run, circumstances)
                let name = "RUNWATCH_\(number)_\(command.environment.count + 1)"
                command.environment[name] = slot.isQuoted ? Self.quoted(value, always: true) : value
                command.script += slot.isInQuotes ? "${\(name)}" : "\"${\(name)}\""
                command.shown += slot.isInQuotes ? value : Self.quoted(value)
            }
        }
        return command
    }

    private func value(
        of slot: Slot, _ run: Run?, _ circumstances: Circumstances
    ) throws(Fault) -> String {
        guard let value = slot.value.text(run, circumstances) else { throw Fault(Self.missing(slot, run)) }
        guard !value.unicodeScalars.contains("\0") else {
            throw Fault("The value of \(slot.text) has a zero byte in it, which no command can be given.")
        }
        guard value.utf8.count <= Self.longestValue else {
            throw Fault("The value of \(slot.text) is longer than \(Self.longestValue / 1_024) KiB.")
        }
        // `-oProxyCommand=…` in the place of a host would be an order to ssh. A number is no option.
        if slot.beginsWord, slot.value != .input, value.hasPrefix("-"), Double(value) == nil {
            throw Fault(
                "The value of \(slot.text) begins with a dash, and the program would take it for an option.")
        }
        return value
    }

    private static func missing(_ slot: Slot, _ run: Run?) -> String {
        guard let run else { return "\(slot.text) needs a run, and none is selected." }
        let name = "“\(run.name)”"
        switch slot.value {
        case .tag(let key) where run.tags.contains(key) || run.machineTags.contains(key):
            return "The tag \(key) of \(name) has no value, which \(slot.text) needs."
        case .tag(let key): return "\(name) has no tag \(key), which \(slot.text) needs."
        case .param(let key): return "\(name) has no parameter \(key), which \(slot.text) needs."
        case .property(let key): return "\(name) has no property \(key), which \(slot.text) needs."
        case .metric(let key): return "\(name) has no metric \(key), which \(slot.text) needs."
        case .parent: return "\(name) has no parent, which \(slot.text) needs."
        case .host: return "On which host \(name) is, which \(slot.text) needs, is not known."
        default: return "\(name) has no \(slot.text.dropFirst(2).dropLast())."
        }
    }

    /// In single quotes where a shell would read anything into it.
    static func quoted(_ text: String, always: Bool = false) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                || "-_./=:,@%+".utf8.contains(byte)
        }
        if isPlain, !text.isEmpty, !always { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

extension CommandTemplate.Value {
    /// Nil where there is none.
    fileprivate func text(_ run: Run?, _ circumstances: CommandTemplate.Circumstances) -> String? {
        switch self {
        case .input: return circumstances.input
        case .service: return circumstances.service
        default: break
        }
        guard let run else { return nil }
        switch self {
        case .id: return run.id.text
        case .name: return run.name
        case .experiment: return run.experimentName
        case .status: return run.status.word
        case .user: return run.user.isEmpty ? nil : run.user
        case .parent: return run.parentID?.text
        case .host: return circumstances.host
        case .tag(let key): return (run.tags.value(forKey: key) ?? run.machineTags.value(forKey: key)) ?? nil
        case .param(let key): return run.params.value(forKey: key)
        case .property(let key): return run.properties.value(forKey: key)
        case .metric(let key):
            switch run.metrics.value(forKey: key)?.value {
            case .number(let number): return "\(number)"
            case .text(let text): return text
            case nil: return nil
            }
        case .input, .service: return nil
        }
    }
}
