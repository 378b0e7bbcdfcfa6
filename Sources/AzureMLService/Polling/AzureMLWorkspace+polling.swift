package import RemotePolling
import Synchronization

extension AzureMLWorkspace: PollingAdapter {
    /// Whether each tick asks for everything, for tests that can't wait for turns.
    package var isEager: Bool { settings.isEager }
    /// Runs of a page of a full read.
    package var listPage: Int { settings.listPage }

    /// What is known of the server, for one caller at a time.
    package func withReplica<Value: Sendable, Failure: Error>(
        _ body: (inout RunReplica) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try replica.withLock { replica throws(Failure) in try body(&replica) }
    }

    /// The pages of a list of runs that begin at `token`, which end even where the server's never do.
    package func runPages(after token: String?, _ progress: Pages.Progress) -> Pages {
        api.pages(of: "runs", after: token, progress)
    }
}
