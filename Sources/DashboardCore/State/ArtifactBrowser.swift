package import RunModel
package import RunServices

/// One folder of a run's artifacts on screen.
package struct ArtifactBrowser: Equatable, Sendable {
    /// The run whose artifacts these are.
    package let run: RunID
    /// From the top, with `/` between folders; empty for the top one.
    package private(set) var folder: String
    /// What has been read of the folder, in the service's order.
    package private(set) var entries: [Artifact] = []
    /// The highlighted entry.
    package internal(set) var selection = 0
    /// Why the folder, or the rest of it, could not be read.
    package internal(set) var error: RunServiceError?
    /// A first page has come.
    package private(set) var isRead = false
    /// Asks for the rest; nil where nothing is left, or more is not kept.
    private(set) var next: PageToken?
    /// The question whose answer is awaited.
    var request: ArtifactRequest?
    /// The entry to highlight as soon as it is read: pages are read until it comes.
    private(set) var wanted: String?
    /// That entry is then gone into or opened.
    private(set) var opensWanted = false

    /// Entries kept of one folder: who has more looks for one by its path.
    static let limit = 10_000
    /// Entries below the highlighted one from which on the next page is read.
    private static let margin = 200

    init(run: RunID, folder: String, wanted: String? = nil, opensWanted: Bool = false) {
        self.run = run
        self.folder = folder
        self.wanted = wanted
        self.opensWanted = opensWanted
    }

    /// The highlighted entry; nil in an empty folder.
    package var selected: Artifact? { entries.indices.contains(selection) ? entries[selection] : nil }

    /// Whether the folder has entries that have not been read.
    package var hasMore: Bool { next != nil }

    /// Whether the folder has more entries than are kept.
    package private(set) var isCut = false

    /// What to ask for now; nil while all that is needed is here or on its way.
    var demand: ArtifactRequest? {
        guard request == nil, error == nil else { return nil }
        guard isRead else { return ArtifactRequest(run: run, folder: folder, after: nil) }
        guard next != nil, wanted != nil || selection + Self.margin >= entries.count else { return nil }
        return ArtifactRequest(run: run, folder: folder, after: next)
    }

    /// Adds a page; returns the entry that is to be opened, once it is there.
    mutating func take(_ page: Page<Artifact>) -> Artifact? {
        let before = entries.count
        entries += page.items.prefix(Self.limit - before)
        isRead = true
        // A page without entries is the end, whatever its service says: it would be asked for ever.
        isCut = entries.count == Self.limit && (page.next != nil || before + page.items.count > Self.limit)
        next = page.items.isEmpty || isCut ? nil : page.next
        guard let wanted, let index = entries[before...].firstIndex(where: { $0.path == wanted }) else { return nil }
        selection = index
        self.wanted = nil
        return opensWanted ? entries[index] : nil
    }

    /// The entry that was named is not there: all of the folder is read.
    var isMissingWanted: Bool { opensWanted && wanted != nil && isRead && next == nil }

    /// Stops waiting for the entry: a person goes elsewhere.
    mutating func forgetWanted() {
        wanted = nil
        opensWanted = false
    }

    /// Goes into a folder.
    mutating func enter(_ path: String) { self = ArtifactBrowser(run: run, folder: path) }

    /// Goes to the folder above, with this one highlighted; false at the top.
    mutating func leave() -> Bool {
        guard !folder.isEmpty else { return false }
        self = ArtifactBrowser(run: run, folder: Self.parent(of: folder), wanted: folder)
        return true
    }

    /// The folder that a path is in; empty at the top.
    static func parent(of path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }
}

/// A page of a folder of artifacts that is wanted.
package struct ArtifactRequest: Equatable, Sendable {
    /// The run whose artifacts are listed.
    package var run: RunID
    /// The folder; empty for the top one.
    package var folder: String
    /// What the page before said that the rest is asked for with.
    package var after: PageToken?

    /// A page of `folder`, the first one when `after` is nil.
    package init(run: RunID, folder: String, after: PageToken?) {
        self.run = run
        self.folder = folder
        self.after = after
    }
}
