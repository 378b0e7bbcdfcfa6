import AzureMLWire
import HTTPTransport
import RemotePolling
import RunModel
import RunServices

extension AzureMLAPI {
    /// Files of a run that are looked at.
    static let fileLimit = 20_000

    /// All files of a data container below a folder, which is the top one when nil.
    func files(in container: String, below folder: String?) async throws(RunServiceError) -> [ArtifactDto] {
        var found: [ArtifactDto] = []
        var pages = pages(of: "artifacts")
        let path = Self.path(container, folder)
        repeat {
            let query = pages.token.map { [("continuationToken", $0)] } ?? []
            let page: PaginatedDto<ArtifactDto>
            do throws(RunServiceError) {
                page = try await get(.artifact, "/artifacts/\(path)", query, deadline: HTTPCall.listDeadline)
            } catch {
                // A container comes into being with its first file.
                if error.code == .notFound { return [] }
                throw error
            }
            found += page.value
            try pages.turn(to: page.continuationToken, items: page.value.count)
        } while pages.hasMore && found.count < Self.fileLimit
        return found
    }

    /// The address at which a file is read. Throws `notFound`.
    func address(of file: String, in container: String) async throws(RunServiceError) -> String {
        let information: ArtifactContentInformationDto = try await get(
            .artifact, "/artifacts/contentinfo/\(Self.path(container, file))")
        return information.contentUri
    }

    /// Appends bytes to a file, which comes into being with the first of them.
    /// - Parameter isNew: whether there is no such file yet, for a service that appends only to what it has.
    func append(
        _ bytes: [UInt8], to file: String, in container: String, isNew: Bool
    ) async throws(RunServiceError) {
        var call = AzureMLCall(
            .artifact, .post, "/artifacts/content/\(Self.path(container, file))", isRepeatable: false)
        call.query = [("append", "true")]
        call.body = bytes
        call.headers = [("Content-Type", "application/octet-stream")]
        call.deadline = HTTPCall.listDeadline
        do throws(RunServiceError) {
            _ = try await connection.send(call)
        } catch {
            guard isNew, error.code == .notFound else { throw error }
            call.query = []
            _ = try await connection.send(call)
        }
    }

    /// Files of runs have one origin.
    private static func path(_ container: String, _ file: String?) -> String {
        let parts = (file ?? "").split(separator: "/").map { HTTPTransport.escaped(String($0)) }
        return (["ExperimentRun", HTTPTransport.escaped(container)] + parts).joined(separator: "/")
    }
}
