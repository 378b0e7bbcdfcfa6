import RunModel
import RunServices
import TerminalUI

/// What a cancel will come to, by who obeys it; nil stands for a run of which that is not known.
enum OversightText {
    /// - Parameter terms: how the commands are asked to end, where that is the same for all.
    static func ofCancel(_ oversight: [Oversight?], terms: StopTerms?) -> String {
        let isOne = oversight.count == 1
        let unsupervised = oversight.filter { $0 == .unsupervised }.count
        let ends = isOne ? "Its processes are asked to end" : "Their processes are asked to end"
        if case .silent(let silence, let reach) = oversight[0], isOne {
            return "Its supervisor has been silent for \(TimeText.age(silence)): " + ofReach(reach)
        }
        if unsupervised == oversight.count {
            return "Nothing supervises \(isOne ? "it" : "them"): only the status changes, no process ends."
        }
        let silent = oversight.filter { if case .silent = $0 { true } else { false } }.count
        if unsupervised + silent == 0 {
            let signal = terms.flatMap { $0.signal == StopTerms().signal ? nil : " by \($0.signal)" } ?? ""
            let time = terms.map { " after \(TimeText.span($0.grace))" } ?? " if they don't"
            return ends + "\(signal), and killed\(time)."
        }
        let supervised = oversight.count - unsupervised - silent
        return
            "\(supervised) of \(oversight.count) \(supervised == 1 ? "is supervised, and its" : "are supervised, and their") "
            + "processes end; of the rest only the status changes."
    }

    /// Where somebody else than a supervisor of ours ends the processes.
    static func ofCancel(by ender: String, count: Int) -> String {
        "\(ender) ends \(count == 1 ? "its" : "their") processes; what waits never starts."
    }

    static func ofKill(_ oversight: [Oversight?]) -> String {
        if oversight.count == 1, case .silent(let silence, let reach) = oversight[0], reach != .proven,
            reach != .supervised
        {
            return
                "Its supervisor has been silent for \(TimeText.age(silence)): the order waits until it answers again."
        }
        return (oversight.count == 1 ? "Its processes are" : "Their processes are")
            + " killed at once; what they have not saved is lost."
    }

    /// Why nothing can be killed.
    static func ofNoKill(_ fresh: Inspection) -> String {
        let isOver = fresh.runs.allSatisfy(\.status.isTerminal)
        let isOne = fresh.runs.count == 1
        if isOver { return isOne ? "It has ended meanwhile." : "They have ended meanwhile." }
        return "Nothing that runwatch started runs \(isOne ? "it" : "them"): no process of "
            + "\(isOne ? "it" : "them") can be killed from here."
    }

    /// What becomes of the processes of a run whose supervisor is silent, and why.
    private static func ofReach(_ reach: CommandReach?) -> String {
        switch reach {
        case nil: "the status changes, its processes may stay."
        case .proven: "its processes are ended from here, since a record of this host proves whose they are."
        case .gone: "nothing of its command runs any more, so only the status changes."
        case .unproven(let pid):
            "only the status changes. Process \(pid) is left alone, since no record of this host proves that it is this "
                + "run's."
        case .elsewhere(let host):
            "only the status changes. A cancel on \(Shown.text(host)) itself would end its processes; no other host can."
        case .supervised: "it still runs on this host, and ends its processes once it answers again."
        case .hidden: "only the status changes. Its processes can't be seen from here."
        }
    }

    /// Whose commands have the processes of runs that nothing supervises.
    static func ofExecutions(_ runs: [Run]) -> String {
        if runs.count > 1 {
            return " \(runs.count) other runs started them: cancelling those as well ends the processes."
        }
        return
            " The command of “\(TerminalText.truncated(runs[0].name, to: 40))” started it: cancelling that run as well "
            + "ends the process."
    }

    static func ofChildren(_ oversight: [Oversight?]) -> String {
        let count = oversight.count
        var text = " \(Counted.text(count, "child run")) \(Counted.word(count, "is", plural: "are")) active too"
        if !oversight.contains(nil) {
            let supervised = oversight.filter { $0 == .supervised }.count
            if supervised < count {
                text += supervised == 0 ? ", unsupervised" : ", \(supervised) of them supervised"
            }
        }
        return text + "."
    }
}
