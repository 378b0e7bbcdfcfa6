import Glibc

/// Held by the one process that ends an orphaned command; the kernel takes it back should that process die.
final class OwnershipLock: Sendable {
    private let descriptor: Int32
    /// As it was when the lock was taken.
    let record: OwnershipRecord

    /// Takes the descriptor over.
    init(descriptor: Int32, record: OwnershipRecord) {
        self.descriptor = descriptor
        self.record = record
    }

    deinit { close(descriptor) }
}
