package import RunServices

/// A node of a cluster, as others reach it.
package struct SlurmHost: Equatable, Sendable {
    /// Its name as a host.
    package var name: String
    /// What the controller reaches it by: a name or a number.
    package var address: String

    /// A node with these names.
    package init(name: String, address: String) { (self.name, self.address) = (name, address) }
}

extension SlurmTool {
    /// The nodes on which a job may come to run.
    /// - Parameters:
    ///   - partitions: separated by commas; nil for all.
    ///   - list: nodes as a person lists them for sbatch; nil for all.
    package func hosts(partitions: String?, list: String?) async throws(RunServiceError) -> [SlurmHost] {
        // Blanks are in no name of a host.
        var arguments = ["-h", "-N", "-o", "%n %o"]
        if let partitions { arguments.append("--partition=\(partitions)") }
        if let list { arguments.append("--nodes=\(list)") }
        let output = try await run("sinfo", arguments, to: "list nodes", deadline: limits.question)
        return output.split(whereSeparator: \.isNewline).compactMap { line in
            let parts = line.split(separator: " ")
            return parts.count == 2 ? SlurmHost(name: String(parts[0]), address: String(parts[1])) : nil
        }
    }
}
