package import RunModel

/// The end of the login that a service is used with, once it is known that it won't be renewed by itself.
package struct CredentialExpiry: Sendable, Equatable, Codable {
    /// When it ends, by the clock of this machine.
    package var moment: Timestamp
    /// What a person does about it, as part of a sentence: `run az login`.
    package var remedy: String

    /// An end and its remedy.
    package init(moment: Timestamp, remedy: String) {
        self.moment = moment
        self.remedy = remedy
    }
}
