import Glibc
import RunModel
import RunServices
import TensorBoardFiles

extension LoggedRun {
    /// Milliseconds without an event after which nothing says that a run goes on: at least, and at most where its events
    /// came slowly before. Writers bring events to disk every two minutes.
    private static let (shortestQuiet, longestQuiet): (Int64, Int64) = (10 * 60_000, 6 * 3_600_000)

    /// What is shown of a run that ended, or died, without saying so: event files do not tell which.
    static let inactive = RunStatus.unknown("Inactive")

    /// When it last said something. A copied file is younger than its events, and a clock may be ahead.
    private var active: Timestamp {
        let written = written ?? Timestamp(milliseconds: 0)
        return min(summary.last ?? written, written)
    }

    /// Completed and Failed where the hparams plugin says so; else by how long ago the newest event was.
    func status(at now: Timestamp) -> RunStatus {
        switch summary.ending {
        case .succeeded: return .completed
        case .failed: return .failed
        case .open: break
        }
        let patience = min(max(Self.shortestQuiet, 3 * min(summary.longestPause, Self.longestQuiet)), Self.longestQuiet)
        return now.milliseconds(since: active) <= patience ? .running : Self.inactive
    }

    /// From the name of the first file, so that it is known before anything was read.
    var started: Timestamp { files.first?.name.started ?? summary.first ?? active }

    /// The run as everybody sees it, without what other directories say of it.
    func run(_ id: RunID, in experiment: Experiment, named name: String, at now: Timestamp) -> Run {
        let status = status(at: now)
        let start = started
        var run = Run(
            id: id, experimentID: experiment.id, experimentName: experiment.name, name: name, status: status,
            createdAt: start, startedAt: start, user: summary.user)
        if status != .running { run.endedAt = max(start, summary.ended ?? active) }
        if !summary.note.isEmpty { run.tags.set(summary.note, forKey: Run.descriptionTag) }
        run.params = Params(summary.params.map { ($0.key, $0.value) })
        run.properties = Properties(summary.properties.map { ($0.key, $0.value) })
        run.metrics = LatestMetrics(summary.latest.map { ($0.key.text, $0.value) })
        return run
    }

    /// What cannot be read of it, each in one line.
    var remarks: [String] {
        var remarks = files.flatMap { file -> [String] in
            let name = Shown.text(file.name.text)
            var said: [String] = []
            if let fault = file.fault { said.append("\(name) cannot be read: \(String(cString: strerror(fault)))") }
            if file.corrupt > 0 {
                let records = Counted.text(file.corrupt, "record")
                said.append("\(records) of \(name) passed over, for the checksum is wrong")
            }
            if file.isDamaged {
                said.append(
                    "\(name) is damaged at byte \(file.position); what follows is not read until it is written anew")
            }
            return said
        }
        if remarks.count > 10 { remarks = remarks.prefix(9) + ["… and \(remarks.count - 9) more"] }
        if summary.isCut { remarks.append("more than \(summary.latest.count) metrics; the rest are left out") }
        return remarks
    }
}
