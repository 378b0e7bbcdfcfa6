package import RunModel
package import RunServices

/// What a supervisor notes on its own host, outside of any run service, about the command that it starts.
///
/// Together with the nonce in the command's own environment it proves whose process it is. What a service says of a
/// process proves nothing, since others may write there.
package struct OwnershipRecord: Sendable, Equatable {
    /// The run that the command became.
    package var run: RunID
    /// The address of the run service that has the run.
    package var service: String
    /// The name of the host that the processes are on.
    package var host: String
    /// 122 random bits that only the record and the command's environment hold.
    package var nonce: String
    /// The process of `runwatch exec`.
    package var supervisor: ProcessStamp
    /// The run was made to go on by itself (`--detach`), also beyond a run that it was started in.
    package var isDetached: Bool
    /// Whether a cluster knows how the command's job ended, and says it better than what is left of processes here.
    package var isWatched: Bool
    /// The leader of the command's process group; nil until it has started.
    package var command: ProcessStamp?
    /// When SIGTERM was sent for want of a supervisor, in clock ticks since boot.
    package var orderedAt: Int64?
    /// How the command is to be ended, also by who finds it without its supervisor.
    package var stop: StopTerms

    /// A record with these fields; writing it is up to `OwnershipRecords`.
    package init(
        run: RunID, service: String, host: String, nonce: String, supervisor: ProcessStamp,
        isDetached: Bool = false, isWatched: Bool = false, command: ProcessStamp? = nil, orderedAt: Int64? = nil,
        stop: StopTerms = StopTerms()
    ) {
        self.run = run
        self.service = service
        self.host = host
        self.nonce = nonce
        self.supervisor = supervisor
        self.isDetached = isDetached
        self.isWatched = isWatched
        self.command = command
        self.orderedAt = orderedAt
        self.stop = stop
    }

    /// The variable that carries the nonce.
    package static let variable = "RUNWATCH_COMMAND_ID"

    /// The nonce as it stands in the environment of the command.
    package var environmentEntry: String { "\(Self.variable)=\(nonce)" }
}

extension OwnershipRecord {
    /// The first field of the file, and the version of its form.
    private static let mark = "runwatch-command=1"

    /// The file's text: `key=value` fields, each ended by a zero byte, which no value can hold.
    var text: String {
        var fields = [
            Self.mark, "run=\(run.text)", "service=\(service)", "host=\(host)", "nonce=\(nonce)",
            "supervisor=\(RecordFields.text(supervisor))",
        ]
        if stop != StopTerms() { fields.append("stop=\(stop.signal) \(stop.grace)") }
        if isDetached { fields.append("detached=1") }
        if isWatched { fields.append("watched=1") }
        if let command { fields.append(Self.field(command: command)) }
        if let orderedAt { fields.append(Self.field(orderedAt: orderedAt)) }
        return fields.map { $0 + "\0" }.joined()
    }

    /// What is appended once the command runs.
    static func field(command: ProcessStamp) -> String { "command=\(RecordFields.text(command))" }

    /// What is appended once a reaper has sent SIGTERM.
    static func field(orderedAt ticks: Int64) -> String { "ordered=\(ticks)" }

    /// Nil for a text that is no whole record; of a field that comes twice the last counts.
    init?(text: String) {
        guard let values = RecordFields.values(in: text, mark: Self.mark) else { return nil }
        guard let run = values["run"], let service = values["service"], let host = values["host"],
            let nonce = values["nonce"], !nonce.isEmpty,
            let supervisor = values["supervisor"].flatMap(RecordFields.stamp)
        else { return nil }
        self.init(
            run: RunID(String(run)), service: String(service), host: String(host), nonce: String(nonce),
            supervisor: supervisor, isDetached: values["detached"] == "1", isWatched: values["watched"] == "1",
            command: values["command"].flatMap(RecordFields.stamp),
            orderedAt: values["ordered"].flatMap { Int64($0) },
            stop: values["stop"].flatMap(Self.decodeStop) ?? StopTerms())
    }

    private static func decodeStop(_ text: Substring) -> StopTerms? {
        let fields = text.split(separator: " ")
        guard fields.count == 2, StopTerms.signals.contains(String(fields[0])), let grace = Int64(fields[1]),
            (0...StopTerms.longestGrace).contains(grace)
        else { return nil }
        return StopTerms(signal: String(fields[0]), grace: grace)
    }
}
