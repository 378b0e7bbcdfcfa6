package import RunModel

/// Something of runs that a person wants elsewhere, before it is text.
package enum Excerpt: Equatable, Sendable {
    case text(String)
    case listing(ShownListing, ListingFormat)
}

/// Runs as they are listed, or side by side.
package enum ShownListing: Equatable, Sendable {
    /// In the order of the list; times are told at the moment given.
    case runs([Run], columns: [RunColumn], at: Timestamp)
    case comparison(RunComparison)
}

/// How a listing is written.
package enum ListingFormat: String, CaseIterable, Sendable {
    case csv, markdown, json

    /// By the end of a file's name.
    package init?(fileName: String) {
        let name = fileName.lowercased()
        if name.hasSuffix(".csv") {
            self = .csv
        } else if name.hasSuffix(".md") || name.hasSuffix(".markdown") {
            self = .markdown
        } else if name.hasSuffix(".json") {
            self = .json
        } else {
            return nil
        }
    }
}

/// An excerpt on its way to the clipboard.
package struct CopyRequest: Equatable, Sendable {
    /// What it is, for sentences: `the run id`.
    package let what: String
    /// What is wanted.
    package let excerpt: Excerpt
    /// It is wanted on the screen, to be selected there.
    package let isForScreen: Bool

    /// A request for the clipboard, or for the screen.
    package init(what: String, excerpt: Excerpt, isForScreen: Bool) {
        self.what = what
        self.excerpt = excerpt
        self.isForScreen = isForScreen
    }
}

/// What became of an excerpt.
package enum CopyOutcome: Equatable, Sendable {
    /// The terminal was sent it; terminals do not say what they do with it.
    case sent
    /// It is larger than terminals take, by so many bytes in all.
    case tooLong(Int)
    /// Here it is, to be shown: it was asked for that, or the terminal has no clipboard.
    case text(String, hasClipboard: Bool)
    /// It could not be made, for the reason that the sentence tells.
    case failed(String)
}
