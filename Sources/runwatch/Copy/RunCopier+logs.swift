import RunModel
import RunServices

extension RunCopier {
    /// Bytes read and written at once.
    private static let piece = 1 << 20

    /// What the command printed, as far as the copy lacks its end.
    mutating func copyLogs(of details: RunDetails, to copy: Run) async throws {
        let others = details.logs.count { !$0.isCommandOutput }
        if others > 0 {
            report.lacks(
                "other files of runs", "Run \(details.run.id) has \(Counted.text(others, "file")) beside its output.")
        }
        guard let log = details.commandLog else { return }
        var offset = try await target.details(of: copy.id).commandLog?.size ?? 0
        let before = offset
        do throws(RunServiceError) {
            while offset < log.size {
                let length = Int(min(Int64(Self.piece), log.size - offset))
                let chunk = try await source.readLog(log.name, of: details.run.id, offset: offset, length: length)
                if chunk.bytes.isEmpty || chunk.offset != offset { break }
                try await target.appendLog(chunk.bytes, named: LogFile.output, of: copy.id)
                offset += Int64(chunk.bytes.count)
            }
            if offset > before {
                report.add(logBytes: offset - before)
                _ = try await target.publishLogs(of: copy.id, isFinal: true)
            }
        } catch {
            guard error.code == .unsupported else { throw error }
            report.lacks("logs", "Run \(details.run.id): \(error.message)")
        }
    }
}
