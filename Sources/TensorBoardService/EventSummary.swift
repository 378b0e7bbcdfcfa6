import RunModel
import TensorBoardFiles

/// What the events of a run say, as far as they were read; its size follows from the number of tags, not of events.
struct EventSummary {
    /// The newest point of each tag.
    private(set) var latest: [ExactText: MetricPoint] = [:]
    /// The times of the first and of the newest event.
    private(set) var (first, last): (Timestamp?, Timestamp?)
    /// Milliseconds of the longest time between two events of one file.
    private(set) var longestPause: Int64 = 0
    private(set) var params: [String: String] = [:]
    private(set) var properties: [String: String] = [:]
    private(set) var ending = HParams.Ending.open
    private(set) var ended: Timestamp?
    private(set) var note = ""
    private(set) var user = ""
    /// Whether there were more tags than are kept.
    private(set) var isCut = false
    /// Whether what was taken in before has to be read once more, since a restart makes some of it count no more.
    private(set) var isOutdated = false
    private(set) var restarts: Restarts
    private var highestStep = Int64.min
    /// The newest event of the file that is being read.
    private var newest: (file: EventFileName, time: Timestamp)?

    /// Tags of one run at most.
    private static let tagLimit = 20_000

    /// - Parameter restarts: those that are known from reading the same files before.
    init(restarts: Restarts = Restarts()) { self.restarts = restarts }

    mutating func take(_ event: LoggedEvent, at place: EventPlace, sharing pool: inout TextPool) {
        let time = Timestamp(wallTime: event.wallTime)
        if let time { note(time, in: place.file) }
        if event.isRestart, restarts.note(place, step: event.step), highestStep >= event.step { isOutdated = true }
        for note in event.hparams { take(note) }
        if event.scalars.isEmpty || restarts.drop(event.step, at: place) { return }
        highestStep = max(highestStep, event.step)
        for scalar in event.scalars {
            let point = MetricPoint(event, scalar)
            let key = ExactText(scalar.tag)
            if let known = latest[key] {
                if !point.isBefore(known) { latest[key] = point }
            } else if latest.count < Self.tagLimit {
                var tag = scalar.tag
                latest[ExactText(tag.withUTF8 { pool.text($0) })] = point
            } else {
                isCut = true
            }
        }
    }

    private mutating func note(_ time: Timestamp, in file: EventFileName) {
        first = min(first ?? time, time)
        last = max(last ?? time, time)
        if let newest, newest.file == file, time > newest.time {
            longestPause = max(longestPause, time.milliseconds(since: newest.time))
        }
        if newest.map({ $0.file != file || $0.time < time }) ?? true { newest = (file, time) }
    }

    private mutating func take(_ note: HParams) {
        switch note {
        case .start(let values, let group, let model, let monitor, _):
            params = Dictionary(values.map { ($0.key, $0.text) }) { $1 }
            properties = ["hparams.group": group, "hparams.model": model, "hparams.monitor": monitor]
                .filter { !$0.value.isEmpty }
            (ending, ended) = (.open, nil)
        case .end(let how, let seconds):
            ending = how
            ended = how == .open ? nil : seconds > 0 ? Timestamp(wallTime: seconds) : last
        case .experiment(let description, let person): (self.note, user) = (description, person)
        }
    }
}

extension Timestamp {
    /// Nil for a number that is no time.
    init?(wallTime seconds: Double) {
        guard seconds.isFinite else { return nil }
        self.init(milliseconds: Int64((min(max(seconds, -1e13), 1e13) * 1_000).rounded()))
    }
}

extension MetricPoint {
    init(_ event: LoggedEvent, _ scalar: LoggedEvent.Scalar) {
        self.init(
            step: event.step, timestamp: Timestamp(wallTime: event.wallTime) ?? Timestamp(milliseconds: 0),
            value: .number(scalar.value))
    }
}
