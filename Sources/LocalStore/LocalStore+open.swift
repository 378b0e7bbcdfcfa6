import FileAccess
import Glibc
package import RunModel
package import RunServices

extension LocalStore {
    /// Opens the store in `directory`, creating it (mode 0700) when access is `readWrite`.
    ///
    /// What keeps a store from being written, though it can be read, is told by `capabilities`. Throws `notFound` when
    /// there is nothing to read, `forbidden`, `unavailable` when it stays locked, `unexpectedResponse` when it is damaged
    /// or not a run store, and `unsupported` when a newer runwatch wrote it.
    /// - Parameter artifacts: the directory for files of runs; nil takes one in the store's.
    package static func open(
        at directory: String, access: Access = .readWrite, artifacts: String? = nil,
        clock: @escaping @Sendable () -> Timestamp = systemClock
    ) async throws(RunServiceError) -> LocalStore {
        let place = StorePlace(directory: directory)
        let opened = try await BlockingCall.run { () throws(RunServiceError) in
            if access == .readWrite { try place.createDirectory() }
            return try StoreConnections.open(place, access: access)
        }
        var capabilities = Capabilities(deleteRuns: .available, purgeRuns: .available)
        if let reason = opened.readOnlyReason { capabilities = capabilities.readOnly(because: reason) }
        return LocalStore(
            directory: place.directory, artifacts: artifacts, connections: opened.connections,
            capabilities: capabilities, clock: clock)
    }

    /// `$XDG_DATA_HOME/runwatch`, or `~/.local/share/runwatch` when that is unset or not absolute, as XDG demands.
    package static func defaultDirectory(environment: [String: String]) -> String {
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/runwatch" }
        return StorePlace.home(environment["HOME"]) + "/.local/share/runwatch"
    }

    /// The version of the schema that this build reads and writes.
    package static var schemaVersion: Int64 { StoreSchema.version }

    /// The wall clock.
    package static let systemClock: @Sendable () -> Timestamp = {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Timestamp(milliseconds: Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000)
    }
}
