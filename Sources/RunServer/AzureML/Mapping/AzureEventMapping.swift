import AzureMLWire
import RunModel
import RunServices

/// What an event of a run's life means.
enum AzureEventMapping {
    /// What is to be done about it.
    enum Meaning {
        case edit(HostedRunEdit)
        /// A person's wish, which reaches the supervisor.
        case cancel
        case heartbeat
        /// Not known, and of no consequence.
        case nothing
    }

    static func meaning(of event: RunEventDto, on run: HostedRun) -> Meaning {
        switch event.kind {
        case "Start": step(.start)
        case "Completed": step(.complete)
        case "Failed": step(.fail(failure(toldOf: run) ?? RunFailure()))
        case "Queued": step(.queue)
        case "Canceled", "CancelRequested": .cancel
        case "Error":
            .edit(
                HostedRunEdit(
                    RunEdit(onBehalfOf: .lifecycle),
                    document: RunDocument(error: event.data?.errorResponse.map(AzureCoding.text))))
        case "Warning":
            .edit(
                HostedRunEdit(
                    RunEdit(onBehalfOf: .lifecycle),
                    document: RunDocument(warnings: [
                        RunWarning(source: event.data?.source ?? "", message: event.data?.message ?? "")
                    ])))
        case "Heartbeat": .heartbeat
        default: .nothing
        }
    }

    /// What the run told of its failure already: the event of an error comes before the one that ends the run.
    static func failure(toldOf run: HostedRun) -> RunFailure? {
        guard let text = run.document.error,
            let root = try? AzureCoding.decoded(ErrorResponse.self, from: Array(text.utf8)).error
        else { return run.run.failure }
        return RunFailure(code: root.code, message: root.message)
    }

    /// Such events are sent again after errors, so that late ones on a run that is over are ignored.
    private static func step(_ transition: Transition) -> Meaning {
        .edit(HostedRunEdit(RunEdit(onBehalfOf: .lifecycle, transition: transition)))
    }
}
