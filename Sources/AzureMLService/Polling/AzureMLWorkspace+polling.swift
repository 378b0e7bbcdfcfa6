package import RemotePolling
import Synchronization

extension AzureMLWorkspace: PollingAdapter {
    package var isEager: Bool { settings.isEager }
    package var listPage: Int { settings.listPage }

    package func withReplica<Value: Sendable, Failure: Error>(
        _ body: (inout RunReplica) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try replica.withLock { replica throws(Failure) in try body(&replica) }
    }

    package func runPages(after token: String?, _ progress: Pages.Progress) -> Pages {
        api.pages(of: "runs", after: token, progress)
    }
}
