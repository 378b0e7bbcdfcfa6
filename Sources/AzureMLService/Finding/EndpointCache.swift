import FileAccess
import Foundation
import Glibc
import HTTPTransport
import RunModel

/// Where the services of workspaces were, kept between sessions in a file of this user's: addresses, nothing secret.
package struct EndpointCache: Sendable {
    private let directory: String
    private var path: String { directory + "/" + Self.fileName }

    /// The file below the directory.
    package static let fileName = "azureml-workspaces.json"
    /// Workspaces; the one that was found longest ago makes room.
    private static let most = 32
    /// Bytes; a workspace has about a thousand.
    private static let sizeLimit = 1 << 18
    /// Milliseconds until they are looked for again although nothing fails.
    private static let longest: Int64 = 7 * 86_400_000

    private struct Entry: Codable {
        var services: [String: String]
        var workspaceID: String?
        var tenant: String?
        var discoveryURL: String?
        /// Milliseconds since 1970.
        var foundAt: Int64
    }

    /// In `$XDG_CACHE_HOME/runwatch`, or `~/.cache/runwatch`.
    package init(_ environment: AzureEnvironment) {
        self.init(directory: environment.path(environment["XDG_CACHE_HOME"] ?? "~/.cache") + "/runwatch")
    }

    /// In this directory, which need not exist.
    package init(directory: String) { self.directory = directory }

    func endpoints(for key: String, at now: Timestamp) async -> WorkspaceEndpoints? {
        guard let entry = await BlockingCall.run({ [self] in read()[key] }),
            (0...Self.longest).contains(now.milliseconds(since: Timestamp(milliseconds: entry.foundAt))),
            let services = DiscoveredServices(entry.services)
        else { return nil }
        return WorkspaceEndpoints(
            services: services.addresses, workspaceID: entry.workspaceID, tenant: entry.tenant,
            discoveryURL: entry.discoveryURL)
    }

    /// What cannot be written is found again next time.
    func keep(_ endpoints: WorkspaceEndpoints, for key: String, at now: Timestamp) async {
        let entry = Entry(
            services: endpoints.services.mapValues(\.text), workspaceID: endpoints.workspaceID,
            tenant: endpoints.tenant,
            discoveryURL: endpoints.discoveryURL, foundAt: now.milliseconds)
        await BlockingCall.run { [self] in
            var entries = read()
            entries[key] = entry
            for old in entries.sorted(by: { $0.value.foundAt > $1.value.foundAt }).dropFirst(Self.most) {
                entries[old.key] = nil
            }
            write(entries)
        }
    }

    /// Nothing where others could have written: they would say where tokens go.
    private func read() -> [String: Entry] {
        guard let found = FileStamp(path), found.isFile, found.permissions & 0o022 == 0,
            let folder = FileStamp(directory, followingLinks: true), folder.permissions & 0o022 == 0,
            let bytes = FileAccess.contents(path, limit: Self.sizeLimit)
        else { return [:] }
        return (try? JSONDecoder().decode([String: Entry].self, from: Data(bytes))) ?? [:]
    }

    private func write(_ entries: [String: Entry]) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(entries), bytes.count <= Self.sizeLimit else { return }
        FileAccess.makePrivateDirectory(directory)
        FileAccess.replacePrivately(path, with: Array(bytes))
    }
}
