package import RunServices
package import SlurmCommands

/// `slurm:`, and what may follow: whose jobs, and how often Slurm is asked.
package struct SlurmAddress: Equatable, Sendable {
    /// `slurm:` alone means one's own.
    package var owner: SlurmOwner = .me
    /// Milliseconds; nil for the usual interval.
    package var interval: Int64?

    /// One's own jobs, asked for at the usual interval.
    package init() {}

    /// An address such as `slurm:?user=all&interval=60`; nil for text of another kind. Throws `invalid` with what to write.
    package init?(uri text: String) throws(RunServiceError) {
        guard text.utf8.count >= 6, text.prefix(6).lowercased() == "slurm:" else { return nil }
        var rest = text.dropFirst(6)
        while rest.first == "/" { rest = rest.dropFirst() }
        if rest.isEmpty { return }
        guard rest.first == "?" else { throw Self.unreadable }
        for part in rest.dropFirst().split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { throw Self.unreadable }
            switch pair[0] {
            case "user": owner = try Self.owner(named: String(pair[1]))
            case "interval":
                guard let seconds = Double(pair[1]), (1...3_600).contains(seconds) else {
                    throw RunServiceError(
                        .invalid, "slurm: takes an interval of 1 to 3600 seconds: slurm:?interval=60.")
                }
                interval = Int64(seconds * 1_000)
            default: throw Self.unreadable
            }
        }
    }

    /// `all`, or the name of a user. Throws `invalid` for what no user is called.
    package static func owner(named name: String) throws(RunServiceError) -> SlurmOwner {
        if name == "all" { return .all }
        let isName = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                || "_.-@".utf8.contains(byte)
        }
        guard isName, let first = name.first, first != "-", name.utf8.count <= 64 else {
            throw RunServiceError(
                .invalid, "\(Shown.text(name)) is no name of a user; write slurm:?user=all or user=NAME.")
        }
        return .user(name)
    }

    private static let unreadable = RunServiceError(
        .invalid, "This is no address of Slurm's jobs; write slurm:, slurm:?user=all or slurm:?user=NAME&interval=60.")

    /// As a person would write it.
    package var text: String {
        var words: [String] = []
        switch owner {
        case .me: break
        case .user(let name): words.append("user=" + name)
        case .all: words.append("user=all")
        }
        if let interval {
            words.append("interval=" + (interval % 1_000 == 0 ? "\(interval / 1_000)" : "\(Double(interval) / 1_000)"))
        }
        return words.isEmpty ? "slurm:" : "slurm:?" + words.joined(separator: "&")
    }

    /// For people, without `slurm:`, which the kind of the service says already.
    package var shown: String {
        switch owner {
        case .me: "your jobs"
        case .user(let name): "jobs of \(Shown.text(name))"
        case .all: "all jobs"
        }
    }
}
