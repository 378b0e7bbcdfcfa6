/// A question about runs in the one filter language (DESIGN section 5), parsed once and asked of many runs.
package struct Filter: Sendable, Equatable {
    /// The text it was parsed from.
    package let text: String
}
