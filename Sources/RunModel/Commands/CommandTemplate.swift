/// A command of the shell with places for what is known of a run: `scancel ${tags.slurm_job_id}`.
///
/// No value ever becomes part of the shell's program, however it is written: each is a variable of the environment, and the
/// program says `"${RUNWATCH_1_1}"` in the place's stead.
package struct CommandTemplate: Equatable, Sendable {
    /// What a place stands for.
    package enum Value: Equatable, Sendable {
        case id, name, experiment, status, user, parent
        /// The host that the run's command is on.
        case host
        /// The run service on screen.
        case service
        /// What the person typed when asked.
        case input
        case tag(String)
        case param(String)
        case property(String)
        /// The newest value of a metric.
        case metric(String)
    }

    /// A place of a value.
    package struct Slot: Equatable, Sendable {
        /// What stands there.
        package let value: Value
        /// As it was written, for sentences: `${tags.job}`.
        package let text: String
        /// Whether another shell reads it again, as after ssh: then the value comes in quotes of its own.
        let isQuoted: Bool
        /// Whether the command has it between double quotes already.
        let isInQuotes: Bool
        /// Whether a program would take a value that begins with a dash for an option.
        let beginsWord: Bool
    }

    enum Piece: Equatable, Sendable {
        case text(String)
        case slot(Slot)
    }

    /// What is wrong with a command, or keeps it from being run, as a sentence.
    package struct Fault: Error, Equatable, Sendable {
        /// What is wrong and what to do.
        package let sentence: String

        /// A sentence that ends with a full stop.
        package init(_ sentence: String) { self.sentence = sentence }
    }

    /// As it was written.
    package let text: String
    let pieces: [Piece]

    /// Reads a command. Throws what is wrong with its places.
    package init(_ text: String) throws(Fault) {
        self.text = text
        var reader = CommandTemplateReader(text)
        pieces = try reader.read()
    }

    /// The places, in their order.
    package var slots: [Slot] {
        pieces.compactMap { piece in
            if case .slot(let slot) = piece { slot } else { nil }
        }
    }

    /// Whether it needs a run.
    package var needsRun: Bool { slots.contains { $0.value != .input && $0.value != .service } }

    /// Whether what is typed has a place.
    package var takesInput: Bool { slots.contains { $0.value == .input } }

    /// Whether it needs to know where a run's command is.
    package var needsHost: Bool { slots.contains { $0.value == .host } }
}

extension CommandTemplate.Value {
    /// Nil for a name that is none of the values.
    init?(_ name: String) {
        switch name {
        case "id": self = .id
        case "name": self = .name
        case "experiment": self = .experiment
        case "status": self = .status
        case "user": self = .user
        case "parent": self = .parent
        case "host": self = .host
        case "service": self = .service
        case "input": self = .input
        default:
            guard let dot = name.firstIndex(of: "."), name.index(after: dot) < name.endIndex else { return nil }
            let key = String(name[name.index(after: dot)...])
            switch name[..<dot] {
            case "tags", "tag": self = .tag(key)
            case "params", "param": self = .param(key)
            case "properties", "property": self = .property(key)
            case "metrics", "metric": self = .metric(key)
            default: return nil
            }
        }
    }

    /// For sentences about what may be written.
    static let known =
        "id, name, experiment, status, user, parent, host, service, input, tags.K, params.K, properties.K and metrics.K"
}
