/// What every role knows of the service behind it.
package protocol DescribedService: Sendable {
    /// Which service this is, for people.
    var description: ServiceDescription { get }
    /// What it can do, and why it can't do the rest.
    var capabilities: Capabilities { get }
    /// The end of the login in use, once it is known that it won't be renewed by itself; nil otherwise.
    var credentialExpiry: CredentialExpiry? { get }
}

extension DescribedService {
    /// Most services know no end.
    package var credentialExpiry: CredentialExpiry? { nil }

    /// Throws `unsupported` with the declared reason when this instance cannot write (contract clause 13).
    package func requireWriting() throws(RunServiceError) {
        if let reason = capabilities.changeStatus.reason { throw RunServiceError(.unsupported, reason) }
    }

    /// Throws `unsupported` with the declared reason when this instance cannot make the edit (contract clause 13).
    package func require(_ edit: RunEdit) throws(RunServiceError) {
        if edit.annotates, let reason = capabilities.editTags.reason { throw RunServiceError(.unsupported, reason) }
        // An edit of nothing is refused as well: a caller learns at once that this service takes none.
        if edit.records || !edit.annotates { try requireWriting() }
    }
}
