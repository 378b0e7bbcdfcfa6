package import RunServices

/// Turns the pages of a long answer, and ends one that would never end.
///
/// A server says by a token that there is more. One that repeats its tokens, or sends page after page with nothing in
/// it, would otherwise be asked for ever, as fast as it answers. Every loop over pages goes through here:
/// ```
/// var pages = api.pages(of: "runs")
/// repeat {
///     let page = try await ask(after: pages.token)
///     try pages.turn(to: page.nextPageToken, items: page.items.count)
/// } while pages.hasMore
/// ```
/// It is constant in size, so that a cursor can carry it from one question to the next.
package struct Pages: Equatable, Sendable {
    /// How far the pages have been turned.
    package struct Progress: Equatable, Sendable {
        /// Pages so far.
        package var pages = 0
        /// Items on them.
        package var items = 0
        /// Pages without any since the last item.
        package var empty = 0
        /// A token from before: a ring of tokens meets it again (Brent's algorithm, 1980).
        package var landmark = ""

        /// Before the first page.
        package init() {}
    }

    /// What to ask the next page with; nil for the first one, and after the last.
    package private(set) var token: String?
    /// How far they have been turned.
    package private(set) var progress: Progress
    /// What is on the pages, in the plural, and who sends them, for the sentence of an error.
    private let subject: String
    private let server: String

    /// Pages without anything on them in a row; servers that filter after counting send some.
    package static let emptyLimit = 10
    /// Pages that may be nearly empty; beyond them each must hold `usualItems` on average.
    package static let sparsePages = 100
    /// See `sparsePages`.
    package static let usualItems = 10
    /// Ten million runs in pages of 1,000.
    package static let pageLimit = 10_000
    /// Bytes; MLflow's tokens have some 30, and they are sent back in addresses and kept in cursors.
    package static let tokenLimit = 4_096

    /// Pages of what `subject` says, in the plural, before the first or after the one that `token` continues.
    package init(of subject: String, from server: String, after token: String? = nil, _ progress: Progress = Progress())
    {
        self.subject = subject
        self.server = server
        self.token = token
        self.progress = progress
    }

    /// Whether another page is to be asked for; false before the first one.
    package var hasMore: Bool { token != nil }

    /// Takes note of a page with so many `items` and the token for what follows it, nil or empty at the end.
    ///
    /// Throws `unexpectedResponse` when the server does not come to an end.
    package mutating func turn(to next: String?, items: Int) throws(RunServiceError) {
        guard let next, !next.isEmpty else { return token = nil }
        progress.pages += 1
        progress.items += items
        progress.empty = items == 0 ? progress.empty + 1 : 0
        if next == token || next == progress.landmark { throw endless("the same page token came twice") }
        if next.utf8.count > Self.tokenLimit { throw endless("a page token has \(next.utf8.count) bytes") }
        if progress.empty >= Self.emptyLimit { throw endless("\(progress.empty) pages in a row were empty") }
        if progress.pages > Self.sparsePages + progress.items / Self.usualItems {
            throw endless("\(progress.pages) pages held only \(progress.items) \(subject)")
        }
        if progress.pages >= Self.pageLimit { throw endless("there are more than \(Self.pageLimit) pages") }
        // At each power of two, so that a ring of any length is found within thrice its length.
        if progress.pages & (progress.pages - 1) == 0 { progress.landmark = next }
        token = next
    }

    private func endless(_ reason: String) -> RunServiceError {
        RunServiceError(
            .unexpectedResponse,
            "\(server) lists \(subject) without coming to an end; ask its administrator whether a proxy alters its "
                + "answers.",
            underlying: reason)
    }
}
