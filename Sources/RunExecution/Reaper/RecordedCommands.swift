import RunModel
import RunServices

/// The records of one service's commands, read when one is asked for: most looks need none.
final class RecordedCommands {
    private let records: OwnershipRecords
    private let address: String
    private var found: [RunID: OwnershipRecord]?

    init(_ records: OwnershipRecords, of service: any SupervisedRunService) {
        self.records = records
        address = service.address
    }

    subscript(run: RunID) -> OwnershipRecord? {
        if let found { return found[run] }
        let read = records.all(of: address)
        // Of two supervisors of one run the later counts, as for the run service; only it can still be alive.
        let found = Dictionary(
            read.map { ($0.run, $0) },
            uniquingKeysWith: { first, second in
                first.supervisor.startTicks > second.supervisor.startTicks ? first : second
            })
        self.found = found
        return found[run]
    }
}
