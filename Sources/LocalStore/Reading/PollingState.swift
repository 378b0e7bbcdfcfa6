import RunModel

/// What an instance remembers between polls so that an idle one costs next to nothing; nothing here is needed to be right.
struct PollingState {
    /// The last state of the store that was read in full, and SQLite's counter of commits before it was.
    struct Known {
        var commits: Int64
        var identity: String
        var revision: Int64

        /// Whether `position` has everything, given that SQLite counts `commits` now.
        ///
        /// - Parameter withRest: what is left of the full read is wanted too.
        func isAll(upTo position: ChangePosition, commits: Int64, withRest: Bool) -> Bool {
            self.commits == commits && (position.backfill == nil || !withRest) && position.seen == revision
                && position.identity == identity
        }
    }

    var known: Known?
}
