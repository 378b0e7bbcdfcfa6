/// The addresses at which artifacts are read and written without a header.
struct BlobAddress {
    let server: String
    let tickets: BlobTickets

    /// What all of them begin with, behind the server's address.
    static let prefix = "/azureml/blob/"

    /// As Azure's storage client wants the rest of an address: it takes it for a signature, and checks nothing of it.
    private static let signature = "sv=2019-07-07&sr=b&se=2099-01-01T00%3A00%3A00Z"

    /// Where a file is read; any client can.
    func reading(_ path: String, in container: ArtifactContainer) -> String {
        let ticket = tickets.ticket(for: container, writing: false)
        return server + place(path, container) + "?\(Self.signature)&sp=r&sig=\(ticket)"
    }

    /// Where a file is written. The client takes the host apart at its dots and puts `https` before it, which only our
    /// Python helper undoes.
    func writing(_ path: String, in container: ArtifactContainer) -> String {
        let ticket = tickets.ticket(for: container, writing: true)
        let host = server.drop { $0 != ":" }.dropFirst("://".count)
        return "https://\(Self.account).blob.\(host)" + place(path, container)
            + "?\(Self.signature)&sp=rcw&sig=\(ticket)"
    }

    /// The storage account that such an address seems to be of.
    static let account = "runwatch"

    private func place(_ path: String, _ container: ArtifactContainer) -> String {
        Self.prefix + BlobName.encoded(container.name) + "/" + BlobName.encoded(path)
    }
}

extension AzureMLRoutes {
    func blobs(at server: String) -> BlobAddress { BlobAddress(server: server, tickets: tickets) }
}
