/// Knows where the pages of a long listing begin before they are read, so that several can be read at the same time.
package protocol PagePlanning: RunReading {
    /// Where the pages after the first one would begin now, of a listing of all runs of `scope`, newest start first; a page
    /// that was read tells by its own `next` whether that still holds. At most `limit`.
    func pageStarts(
        in scope: RunScope, pageSize: Int, limit: Int
    ) async throws(RunServiceError) -> [PageToken]
}
