import ProcessTable
import RunModel
import RunServices

/// A run's place in a queue of this host, as the file of its supervisor tells it.
struct QueuePlace: Sendable, Equatable {
    /// Random, and the end of the file's name.
    var id: String
    var queue: String
    var run: RunID
    var runName: String
    var experimentName: String
    /// The address of the run service that has the run.
    var service: String
    var demand: QueueDemand
    /// The GPUs that it may get, as the driver counts.
    var visibleGPUs: [Int]
    var supervisor: ProcessStamp
    var joinedAt: Timestamp
    /// Places of one queue are in the order of this.
    var rank: Int64
    /// When it got its share; nil while it waits.
    var grantedAt: Timestamp?
    var gpus: [Int] = []
    /// Nil until the command has started.
    var command: ProcessStamp?

    private static let mark = "runwatch-queue=1"

    /// As `RecordFields` has it.
    var text: String {
        var fields = [
            Self.mark, "queue=\(queue)", "run=\(run.text)", "name=\(runName)", "experiment=\(experimentName)",
            "service=\(service)", "slots=\(demand.slots)", "wants=\(demand.gpus)", "visible=\(Self.list(visibleGPUs))",
            "supervisor=\(RecordFields.text(supervisor))", "joined=\(joinedAt.milliseconds)", Self.field(rank: rank),
        ]
        if let grantedAt { fields.append(Self.field(grantedAt: grantedAt, gpus: gpus)) }
        if let command { fields.append(Self.field(command: command)) }
        return fields.map { Self.bounded($0) + "\0" }.joined()
    }

    /// What is appended when the place moves.
    static func field(rank: Int64) -> String { "rank=\(rank)" }

    /// What is appended when it has its share. GPUs and time are one field, so that both are there or neither.
    static func field(grantedAt: Timestamp, gpus: [Int]) -> String {
        "granted=\(grantedAt.milliseconds) \(list(gpus))"
    }

    /// What is appended once the command runs.
    static func field(command: ProcessStamp) -> String { "command=\(RecordFields.text(command))" }

    /// Bytes: names may have any length, and the file has not.
    private static let longestField = 4_096

    private static func bounded(_ field: String) -> String {
        let whole = field.utf8.count <= longestField ? field : String(field.prefix(longestField / 8))
        return String(whole.map { $0 == "\0" ? " " : $0 })
    }

    private static func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ",") }

    private static func numbers(_ text: Substring) -> [Int]? {
        let parts = text.split(separator: ",")
        let numbers = parts.compactMap { Int($0) }.filter { (0..<4_096).contains($0) }
        return numbers.count == parts.count ? numbers : nil
    }
}

extension QueuePlace {
    /// Nil for a text that is no whole record.
    init?(text: String, id: String) {
        guard let values = RecordFields.values(in: text, mark: Self.mark) else { return nil }
        func amount(_ key: Substring, _ most: Int) -> Int? {
            values[key].flatMap { Int($0) }.flatMap { (0...most).contains($0) ? $0 : nil }
        }
        guard let queue = values["queue"], RunQueue.isName(String(queue)), let run = values["run"],
            let service = values["service"], let supervisor = values["supervisor"].flatMap(RecordFields.stamp),
            let slots = amount("slots", RunQueue.mostSlots), let wants = amount("wants", RunQueue.mostGPUs),
            let visible = values["visible"].flatMap(Self.numbers), let joined = values["joined"].flatMap({ Int64($0) }),
            let rank = values["rank"].flatMap({ Int64($0) })
        else { return nil }
        self.init(
            id: id, queue: String(queue), run: RunID(String(run)), runName: String(values["name"] ?? ""),
            experimentName: String(values["experiment"] ?? ""), service: String(service),
            demand: QueueDemand(slots: slots, gpus: wants), visibleGPUs: visible, supervisor: supervisor,
            joinedAt: Timestamp(milliseconds: joined), rank: rank)
        if let granted = values["granted"]?.split(separator: " ", omittingEmptySubsequences: false), granted.count == 2,
            let moment = Int64(granted[0]), let gpus = Self.numbers(granted[1])
        {
            grantedAt = Timestamp(milliseconds: moment)
            self.gpus = gpus
        }
        command = values["command"].flatMap(RecordFields.stamp)
    }
}
