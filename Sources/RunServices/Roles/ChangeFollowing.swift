import RunModel

/// Tells what changed since it was last asked: the question of every poll.
package protocol ChangeFollowing: DescribedService {
    /// What changed in `scope` since `cursor`; nil asks for everything.
    ///
    /// A full read comes in pages of about `pageSize` runs, most recently changed first, so that a screen fills at once.
    /// A page size of 0 asks for changes alone, and leaves the rest of a full read for a later question.
    /// Throws `invalid` for a cursor that is not this service's; the caller then starts again with nil.
    func changes(
        in scope: RunScope, since cursor: ChangeCursor?, pageSize: Int
    ) async throws(RunServiceError) -> ChangeBatch
}
