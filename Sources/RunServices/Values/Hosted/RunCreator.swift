/// Who created a run, as a directory of people names them.
package struct RunCreator: Sendable, Equatable {
    /// As people read it.
    package var name: String?
    /// Of the person in the directory.
    package var objectID: String?
    /// Of the directory.
    package var tenantID: String?

    /// A creator of whom this much is known.
    package init(name: String? = nil, objectID: String? = nil, tenantID: String? = nil) {
        self.name = name
        self.objectID = objectID
        self.tenantID = tenantID
    }
}
