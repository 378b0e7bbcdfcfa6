/// A column of a metric table.
package struct MetricColumn: Sendable, Equatable {
    /// Unique within its table.
    package var name: String
    /// A word of the client's protocol: `double`, `int`, `string`, `bool`, `none`, `Artifact`.
    package var type: String

    /// A column of this type.
    package init(name: String, type: String) {
        self.name = name
        self.type = type
    }
}
