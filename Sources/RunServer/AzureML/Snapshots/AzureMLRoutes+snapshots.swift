import AzureMLWire
import Hummingbird
import RunServices

extension AzureMLRoutes {
    /// Snapshots of a project's files, which clients take when a run starts.
    ///
    /// Their contents are not kept: a client is told that none of its files is wanted, which satisfies it. The id that it
    /// makes up stays with the run as a property.
    func addSnapshots(to router: Router<ServerContext>, _ scope: String) {
        router.group().add(.get, "content/v1.0/\(scope)/snapshots/latest/metadata") { _ in
            AzureCoding.answer(SnapshotDto(emptyWithID: RandomText.identifier()))
        }
        let snapshots = router.group("content/v2.0/\(scope)/snapshots")
        snapshots.add(.post, "getblob") { call in
            _ = try await call.request.wholeBody()
            return AzureCoding.answer(SnapshotBlobs.none)
        }
        snapshots.add(.post, ":snapshot") { call in
            _ = try await call.request.wholeBody()
            return AzureCoding.answer(["id": call["snapshot"]])
        }
    }
}
