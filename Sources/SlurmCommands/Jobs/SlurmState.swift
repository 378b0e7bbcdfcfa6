package import RunModel

/// A job's state in Slurm's own word, and what that means here.
package struct SlurmState: Hashable, Sendable {
    /// As Slurm spells it, without what it adds: `CANCELLED`, of `CANCELLED by 1000`.
    package let word: String
    /// What it adds: `by 1000`, or further words of a list; empty mostly.
    package let detail: String

    /// Reads a state as any of Slurm's commands prints it.
    package init(_ text: some StringProtocol) {
        let parts = text.split(maxSplits: 1) { " +,".contains($0) }
        word = parts.first.map { $0.uppercased() } ?? ""
        detail = parts.count > 1 ? String(parts[1]) : ""
    }

    /// The states that Slurm 22.05 to 25.05 know; a word of none of these is shown raw.
    package var runStatus: RunStatus {
        switch word {
        // A requeued job waits again, whatever happened to it before.
        case "PENDING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "RESV_DEL_HOLD", "SPECIAL_EXIT": .queued
        case "CONFIGURING", "POWER_UP_NODE": .preparing
        case "RUNNING", "RESIZING", "SIGNALING": .running
        case "COMPLETING", "STAGE_OUT", "UPDATE_DB": .finalizing
        case "SUSPENDED", "STOPPED": .paused
        case "COMPLETED": .completed
        case "CANCELLED", "REVOKED": .canceled
        case "BOOT_FAIL", "DEADLINE", "FAILED", "LAUNCH_FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED",
            "RECONFIG_FAIL", "TIMEOUT":
            .failed
        default: .unknown(word)
        }
    }

    /// Whether the job will not run any more; an unknown word does not say so.
    package var isOver: Bool { runStatus.isTerminal }

    /// Whether it waits for its turn, for the first time or again.
    package var isPending: Bool { runStatus == .queued }
}
