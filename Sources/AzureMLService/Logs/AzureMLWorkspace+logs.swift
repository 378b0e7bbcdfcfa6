import AzureMLWire
import HTTPTransport
package import RunModel
package import RunServices
import Synchronization

extension AzureMLWorkspace {
    /// Where a run's command prints to, by the runtime of today, and before it.
    static let commandLogs = ["user_logs/std_log.txt", "azureml-logs/70_driver_log.txt"]
    /// Logs listed at most.
    private static let logLimit = 500
    /// Logs whose sizes are asked for, each by a request.
    private static let measuredLogs = 8

    /// The logs of a run, the command's first; sizes are those of the first of them, and 0 for others.
    func logFiles(of id: RunID, _ addresses: [String: String]) async throws(RunServiceError) -> [LogFile] {
        places.withLock { $0.note(logs: addresses, of: id) }
        let command = Self.commandLogs.first { addresses[$0] != nil } ?? addresses.keys.filter(Self.isOutput).min()
        let named = addresses.keys.map { LogFile(name: $0, size: 0, isCommandOutput: $0 == command) }
        let files = Array(LogFile.inReadingOrder(named).prefix(Self.logLimit))
        let connection = connection
        let sizes = try await concurrently(Array(files.prefix(Self.measuredLogs))) {
            file throws(RunServiceError) -> Int64 in
            guard let address = addresses[file.name] else { return 0 }
            // One log that cannot be reached does not hide the others.
            let answer = try? await connection.blob(at: address, range: "bytes=0-0")
            return answer.flatMap { $0.wholeSize ?? ($0.status == 200 ? Int64($0.body.count) : nil) } ?? 0
        }
        return files.enumerated().map { index, file in
            LogFile(
                name: file.name, size: index < sizes.count ? sizes[index] : 0, isCommandOutput: file.isCommandOutput)
        }
    }

    /// Logs of several processes, such as `user_logs/std_log_process_0.txt`.
    private static func isOutput(_ path: String) -> Bool {
        path.hasPrefix("user_logs/std_log") || path.hasPrefix("azureml-logs/70_driver_log")
    }

    /// Reads by range, at an address that is asked for again where it has expired.
    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        let path = name == LogFile.output ? Self.commandLogs[0] : name
        let isKnown = places.withLock { $0.address(of: path, in: id) } != nil
        let first = try await blob(path, of: id, offset: offset, length: length)
        if let chunk = chunk(first, offset: offset, length: length) { return chunk }
        places.withLock { $0.forget(path, in: id) }
        if isKnown {
            let again = try await blob(path, of: id, offset: offset, length: length)
            if let chunk = chunk(again, offset: offset, length: length) { return chunk }
        }
        throw RunServiceError(
            first.status == 404 ? .notFound : .unavailable,
            "The workspace's storage does not give out this log (\(first.status)); try again later.")
    }

    private func blob(_ path: String, of id: RunID, offset: Int64, length: Int) async throws(RunServiceError)
        -> HTTPAnswer
    {
        let address = try await address(of: path, in: id)
        let count = Int64(max(1, min(length, 64 << 20)))
        let start = LogFile.bounded(offset)
        return try await connection.blob(
            at: address, range: offset < 0 ? "bytes=-\(offset.magnitude)" : "bytes=\(start)-\(start + count - 1)")
    }

    /// Nil for an answer that is no part of the log.
    private func chunk(_ answer: HTTPAnswer, offset: Int64, length: Int) -> LogChunk? {
        switch answer.status {
        case 416:
            // It ends before the range; or it is empty.
            let size = answer.wholeSize ?? max(0, offset)
            return LogChunk(offset: size, bytes: [], size: size)
        case 206:
            let start = answer.rangeStart ?? max(0, offset)
            let bytes = Array(answer.body.prefix(max(0, length)))
            return LogChunk(offset: start, bytes: bytes, size: answer.wholeSize ?? start + Int64(answer.body.count))
        case 200:
            // A server or a proxy may send the whole instead.
            let size = Int64(answer.body.count)
            let start = offset < 0 ? max(0, size + offset) : min(offset, size)
            return LogChunk(
                offset: start, bytes: Array(answer.body.dropFirst(Int(start)).prefix(max(0, length))), size: size)
        default: return nil
        }
    }

    /// Where a file of a run is read: among its logs, else among all its artifacts. Throws `notFound`.
    private func address(of path: String, in id: RunID) async throws(RunServiceError) -> String {
        if let known = places.withLock({ $0.address(of: path, in: id) }) { return known }
        guard AzureMLAPI.isRunID(id.text) else {
            throw RunServiceError(.notFound, "There is no such run in this workspace.")
        }
        let logs = try await api.details(of: id).logFiles
        places.withLock { $0.note(logs: logs, of: id) }
        if let address = logs[path] { return address }
        do throws(RunServiceError) {
            let address = try await api.address(of: path, in: try await container(of: id))
            places.withLock { $0.note(address, of: path, in: id) }
            return address
        } catch {
            guard error.code == .notFound else { throw error }
            throw RunServiceError(
                .notFound, "The run has no log `\(Shown.text(path))`; it may not have written anything yet.")
        }
    }

    /// Throws `notFound` for a run that does not exist.
    func container(of id: RunID) async throws(RunServiceError) -> String {
        if let known = places.withLock({ $0.container(of: id) }) { return known }
        let dto = try await record(of: id).record.dto
        let container = dto.dataContainerId.isEmpty ? "dcid.\(dto.runId)" : dto.dataContainerId
        places.withLock { $0.note(container: container, of: id) }
        return container
    }

    /// Made of all paths, since run history has no folders.
    package func artifacts(
        in folder: String?, of id: RunID, after next: PageToken?
    ) async throws(RunServiceError) -> Page<Artifact> {
        let folder = folder.flatMap { $0.isEmpty ? nil : $0 }
        let parts = (folder ?? "").split(separator: "/", omittingEmptySubsequences: false)
        if folder != nil, parts.contains(where: { ["", ".", ".."].contains($0) }) {
            throw RunServiceError(.invalid, "The folder `\(Shown.text(folder ?? ""))` is none of the run's.")
        }
        let files = try await api.files(in: try await container(of: id), below: folder)
        let start = folder.map { $0 + "/" } ?? ""
        var found: [String: Artifact] = [:]
        for file in files where file.path.hasPrefix(start) && file.path != start {
            let rest = file.path.dropFirst(start.count)
            let name = rest.prefix { $0 != "/" }
            if name.isEmpty { continue }
            found[start + name] = Artifact(path: start + name, isFolder: name.count < rest.count, size: nil)
        }
        let sorted = found.values.sorted { $0.path < $1.path }.drop { artifact in
            next.map { artifact.path <= $0.text } ?? false
        }
        let page = Array(sorted.prefix(Artifact.pageLimit))
        return Page(page, next: page.count < sorted.count ? page.last.map { PageToken($0.path) } : nil)
    }
}
