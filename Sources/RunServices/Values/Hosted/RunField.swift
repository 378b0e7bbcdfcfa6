/// What of a run document a search compares, all as text.
package enum RunField: Sendable, Hashable {
    case runType
    case orchestrator
    /// Whether the trait is there; its value is its name.
    case trait(String)
    case target
    case scriptName
    /// The creator's name.
    case creator
}
