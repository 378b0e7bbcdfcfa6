import Algorithms
import MLflowMeaning
import RunModel
import RunServices

extension Run {
    /// Equal for runs that look the same, in this process; a supervisor's heartbeat alone makes no other run.
    var digest: UInt64 {
        var hasher = Hasher()
        for text in [id.text, experimentID.text, experimentName, name, user] { hasher.combine(text) }
        hasher.combine(status)
        hasher.combine(parentID)
        hasher.combine(rootID)
        for time in [createdAt, startedAt, endedAt] { hasher.combine(time) }
        hasher.combine(failure?.code)
        hasher.combine(failure?.message)
        for tag in chain(tags.entries, machineTags.entries) where tag.key != MLflowTag.heartbeat {
            hasher.combine(tag.key)
            hasher.combine(tag.value)
        }
        // Separates the kinds: the same pair as a property or as a parameter is another run.
        hasher.combine(properties.count)
        for pair in chain(properties.entries, params.entries) {
            hasher.combine(pair.key)
            hasher.combine(pair.value)
        }
        for metric in metrics.entries {
            hasher.combine(metric.key)
            hasher.combine(metric.value)
        }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

extension MLflowMapping {
    /// When the run's supervisor counts as gone unless it says something; nil for a run without a supervisor.
    static func supervisionEnd(of record: MLflowRecord) -> Int64? {
        guard let supervision = MLflowSupervision(record), supervision.isAttached else { return nil }
        return supervision.state.lastHeartbeat.advanced(byMilliseconds: Heartbeat.silenceLimit).milliseconds
    }
}
