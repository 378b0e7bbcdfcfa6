package import RunModel

/// A question about runs: which, in what order, and how many at a time.
package struct RunQuery: Sendable, Equatable, Codable {
    /// The runs that a question is about, before a filter.
    package enum Subject: Sendable, Equatable, Codable {
        /// The runs of an experiment or of the whole service; newest start first unless an order is asked for.
        case scope(RunScope)
        /// The children of a run, or all its descendants; parents before children unless an order is asked for.
        case children(of: RunID, recursive: Bool)
        /// The runs with these ids as far as they exist; in the order of the ids unless another is asked for.
        case runs([RunID])
    }

    /// The runs asked about.
    package var subject: Subject
    /// Nil lets every run pass.
    package var filter: Filter?
    /// Nil asks for the natural order of the subject.
    package var order: SortOrder?
    /// The greatest number of runs in the answer.
    package var limit: Int
    /// Where the answer continues; nil for the first page.
    package var page: PageToken?

    /// A question for one page of at most `limit` runs.
    package init(
        _ subject: Subject, matching filter: Filter? = nil, order: SortOrder? = nil, limit: Int = .max,
        page: PageToken? = nil
    ) {
        self.subject = subject
        self.filter = filter
        self.order = order
        self.limit = limit
        self.page = page
    }
}

/// A part of a listing.
package struct Page<Item: Sendable>: Sendable {
    /// In the order of the listing.
    package var items: [Item]
    /// Asks for what follows; nil at the end.
    package var next: PageToken?

    /// A page that `next` continues.
    package init(_ items: [Item], next: PageToken? = nil) {
        self.items = items
        self.next = next
    }
}

extension Page: Equatable where Item: Equatable {}
extension Page: Encodable where Item: Encodable {}
extension Page: Decodable where Item: Decodable {}

/// Where a listing continues: after the last item of a page, wherever that is by then.
///
/// It names the item and its place in the order, not a number of items: what is added or removed in between neither
/// shifts the next page nor repeats an item.
package struct PageToken: Hashable, Sendable {
    /// Opaque outside of the service that made it.
    package let text: String

    /// A token as it was given out before.
    package init(_ text: String) { self.text = text }
}
