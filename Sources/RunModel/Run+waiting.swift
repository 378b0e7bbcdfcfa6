extension Run {
    /// The machine tag that says, for people, what a run waits for that has not started.
    package static let waitingTag = "mlflow.runwatch.waiting"
    /// The machine tag that names the queue of this run's machine.
    package static let queueTag = "mlflow.runwatch.queue"

    /// What the run waits for; nil once it has started. Others may write the tag, so this is shown and nothing more.
    package var waitingReason: String? {
        guard [.notStarted, .queued, .preparing].contains(status),
            let value = machineTags.value(forKey: Self.waitingTag),
            let text = value, !text.isEmpty
        else { return nil }
        return text
    }
}
