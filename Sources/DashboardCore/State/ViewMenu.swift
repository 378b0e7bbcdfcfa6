package import RunModel

/// Where a person is among the views that have names.
package struct ViewMenu: Equatable, Sendable {
    /// The highlighted one.
    package internal(set) var selection = 0
    /// The name of the one that is about to be deleted.
    package internal(set) var deleting: String?

    /// At the first one.
    package init() {}
}

/// What is wanted of the place where views are kept.
package enum ViewChange: Equatable, Sendable {
    /// Nothing but what there is.
    case read
    /// One more, or another one under its name.
    case save(NamedView)
    /// One less.
    case delete(String)
}
