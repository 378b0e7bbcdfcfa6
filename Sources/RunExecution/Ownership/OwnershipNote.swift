package import RunServices

/// A supervisor's own record, from before its command starts until the run has ended.
package struct OwnershipNote: Sendable {
    let records: OwnershipRecords
    /// The record as it was written first.
    package let record: OwnershipRecord

    /// Notes which process the command is.
    package func add(command: ProcessStamp) {
        records.append(OwnershipRecord.field(command: command), to: record.nonce)
    }

    /// The run has ended, or nothing was started.
    package func remove() { records.remove(record.nonce) }
}
