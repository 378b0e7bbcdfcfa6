import FileAccess
import Glibc
package import RunModel
package import RunServices
import SlurmCommands

/// The files that a job's output goes to. Only those that Slurm names are read, and only as far as this user may.
extension SlurmService {
    /// A file of a job's output, under the name by which it is read.
    private struct Output: Sendable {
        var name: String
        var path: String
    }

    private func outputs(of job: SlurmJob) async -> [Output] {
        let job = await book.withOutput(job)
        var outputs: [Output] = []
        for (path, kind) in [(job.outputPath, "stdout"), (job.errorPath, "stderr")] {
            guard let path, path != "/dev/null" else { continue }
            let name = path.split(separator: "/").last.map(String.init) ?? kind
            outputs.append(Output(name: outputs.contains { $0.name == name } ? "\(kind)/\(name)" : name, path: path))
        }
        return outputs
    }

    /// The output first; and a sentence where none of it can be read from here.
    func logs(of job: SlurmJob) async -> (files: [LogFile], missing: String?) {
        let outputs = await outputs(of: job)
        return await BlockingCall.run {
            var files: [LogFile] = []
            var missing: String?
            for (index, output) in outputs.enumerated() {
                if let stamp = FileStamp(output.path), stamp.isFile {
                    files.append(LogFile(name: output.name, size: stamp.size, isCommandOutput: index == 0))
                } else if index == 0, job.startedAt != nil {
                    let reason = errno == EACCES ? "may not be read by you" : "is not a file on this host"
                    missing = "Its output goes to \(Shown.path(output.path)), which \(reason)."
                }
            }
            return (files, missing)
        }
    }

    /// Reads a job's output where Slurm says that it goes, as this user may. Throws `notFound`.
    package func readLog(
        _ name: String, of id: RunID, offset: Int64, length: Int
    ) async throws(RunServiceError) -> LogChunk {
        _ = try await book.refresh(for: .prompt)
        _ = try await book.run(id)
        guard let job = await book.job(id), let output = await outputs(of: job).first(where: { $0.name == name }) else {
            throw RunServiceError(.notFound, "The job has no log `\(Shown.text(name))`.")
        }
        return try await BlockingCall.run { () throws(RunServiceError) in
            guard let stamp = FileStamp(output.path), stamp.isFile else {
                throw RunServiceError(.notFound, "\(Shown.path(output.path)) is not a file on this host.")
            }
            let start = offset < 0 ? max(0, stamp.size + max(offset, -stamp.size)) : min(offset, stamp.size)
            guard let bytes = FileAccess.contents(output.path, from: start, limit: max(0, min(length, 16 << 20))) else {
                throw RunServiceError(
                    errno == EACCES ? .forbidden : .unavailable,
                    "\(Shown.path(output.path)) cannot be read; its owner and its directory say who may.")
            }
            return LogChunk(offset: start, bytes: bytes, size: max(stamp.size, start + Int64(bytes.count)))
        }
    }
}
