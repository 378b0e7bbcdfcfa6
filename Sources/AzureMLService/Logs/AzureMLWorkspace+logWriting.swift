import HTTPTransport
package import RunModel
package import RunServices
import Synchronization

extension AzureMLWorkspace {
    /// Keeps the bytes in memory until `publishLogs` sends them, or there are many.
    package func appendLog(_ bytes: [UInt8], named name: String, of id: RunID) async throws(RunServiceError) {
        try requireWriting()
        let key = LogKey(run: id, name: name)
        if logs.withLock({ $0[key] }) == nil {
            let parts = name.split(separator: "/", omittingEmptySubsequences: false)
            if parts.contains(where: { ["", ".", ".."].contains($0) }) {
                throw RunServiceError(.invalid, "`\(Shown.text(name))` cannot be the name of a log.")
            }
            let log = WrittenLog(
                container: try await container(of: id), path: name == LogFile.output ? Self.commandLogs[0] : name)
            logs.withLock { $0[key] = $0[key] ?? log }
        }
        // What waits is sent before anything is taken, so that it stays bounded.
        if (logs.withLock { $0[key]?.waiting.count } ?? 0) > WrittenLog.waitingLimit { try await send(key) }
        logs.withLock { $0[key]?.waiting += bytes }
    }

    /// Sends what waits of each log that is due, of every log when `isFinal`. Bytes are kept when this throws.
    package func publishLogs(of id: RunID, isFinal: Bool) async throws(RunServiceError) -> Bool {
        let now = clock()
        let own = logs.withLock { logs in logs.filter { $0.key.run == id } }
        for (key, log) in own where !log.waiting.isEmpty && (isFinal || log.isDue(at: now)) { try await send(key) }
        return logs.withLock { logs in
            let isAll = logs.allSatisfy { $0.key.run != id || $0.value.waiting.isEmpty }
            if isFinal && isAll { logs = logs.filter { $0.key.run != id } }
            return isAll
        }
    }

    /// Sends what waits, unless the workspace has it already from a request whose answer did not come.
    private func send(_ key: LogKey) async throws(RunServiceError) {
        guard var log = logs.withLock({ $0[key] }), !log.waiting.isEmpty else { return }
        if log.sent == nil {
            let size = try await size(of: log)
            if let base = log.base {
                let known = Int(min(max(0, size - base), Int64(log.waiting.count)))
                logs.withLock { $0[key]?.waiting.removeFirst(known) }
                log.waiting.removeFirst(known)
            }
            log.sent = size
            logs.withLock {
                $0[key]?.sent = size
                $0[key]?.base = size
            }
        }
        if log.waiting.isEmpty { return }
        let now = clock()
        let sent = log.sent ?? 0
        // Whatever comes of it, it is not known before the answer.
        logs.withLock {
            $0[key]?.sent = nil
            $0[key]?.base = sent
            $0[key]?.lastSent = now
        }
        let piece = log.waiting
        try await api.append(piece, to: log.path, in: log.container, isNew: sent == 0)
        logs.withLock { logs in
            guard var log = logs[key] else { return }
            log.waiting.removeFirst(min(piece.count, log.waiting.count))
            log.sent = sent + Int64(piece.count)
            log.base = log.sent
            log.pieces += 1
            logs[key] = log
        }
    }

    /// Bytes that the workspace has; 0 for a file that is not there.
    private func size(of log: WrittenLog) async throws(RunServiceError) -> Int64 {
        do throws(RunServiceError) {
            let address = try await api.address(of: log.path, in: log.container)
            let answer = try await connection.blob(at: address, range: "bytes=0-0")
            switch answer.status {
            case 206, 416: return answer.wholeSize ?? 0
            case 200: return Int64(answer.body.count)
            case 404: return 0
            default:
                throw RunServiceError(
                    .unavailable, "The workspace's storage does not tell how much of the log it has (\(answer.status))."
                )
            }
        } catch {
            if error.code == .notFound { return 0 }
            throw error
        }
    }
}
