import RunModel
import RunServices

/// The log of a run, and the task that brings it to the run service.
struct RunLog: Sendable {
    let buffer: LogBuffer
    /// Ends with a sentence when the log lacks something.
    let flushing: Task<String?, Never>

    init(of run: RunID, in service: any SupervisedRunService, note: @escaping @Sendable (String) -> Void) {
        let buffer = LogBuffer(service: service, run: run, name: LogFile.output, note: note)
        self.buffer = buffer
        flushing = Task { await buffer.flush() }
    }

    /// A line of ours among the command's.
    func say(_ sentence: String) async { await buffer.append(Array("runwatch: \(sentence)\n".utf8)) }

    /// Writes what is left for so many milliseconds, and once more.
    @discardableResult
    func end(patience: Int64) async -> String? {
        await buffer.close(patience: patience)
        await buffer.giveUp()
        return await flushing.value
    }
}
