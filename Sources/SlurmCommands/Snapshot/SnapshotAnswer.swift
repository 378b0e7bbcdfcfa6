import RunModel
import RunServices

/// An answer of `squeue` as it was printed, with what it takes to read it: so it is kept and shared.
struct SnapshotAnswer: Sendable {
    var takenAt: Timestamp
    var listing: SlurmListing
    var text: String

    private static let title = "runwatch-squeue 1"

    /// The whole file.
    var fileText: String {
        "\(Self.title) \(takenAt.milliseconds) \(listing.dialect.rawValue) \(listing.mark)\n" + text
    }

    init(takenAt: Timestamp, listing: SlurmListing, text: String) {
        self.takenAt = takenAt
        self.listing = listing
        self.text = text
    }

    /// Nil for a file of another version, or of something else.
    init?(fileText: String) {
        guard let end = fileText.utf8.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let words = fileText[..<end].split(separator: " ")
        guard words.count == 5, words[0] + " " + words[1] == Self.title, let time = Int64(words[2]),
            let dialect = SlurmListing.Dialect(rawValue: String(words[3]))
        else { return nil }
        self.init(
            takenAt: Timestamp(milliseconds: time), listing: SlurmListing(dialect, mark: String(words[4])),
            text: String(fileText[fileText.utf8.index(after: end)...]))
    }

    func snapshot(_ trouble: SnapshotTrouble?) throws(RunServiceError) -> SlurmSnapshot {
        SlurmSnapshot(jobs: try listing.jobs(in: text), takenAt: takenAt, failure: trouble?.error)
    }
}

/// A question that was not answered.
struct SnapshotTrouble: Sendable, Equatable {
    var at: Timestamp
    var error: RunServiceError

    /// The whole file: a line each for the time, the code, the sentence and Slurm's words.
    var fileText: String {
        "\(at.milliseconds)\n\(error.code.rawValue)\n\(error.message)\n\(error.underlying ?? "")\n"
    }

    init(at: Timestamp, error: RunServiceError) {
        self.at = at
        self.error = error
    }

    init?(fileText: String) {
        let lines = fileText.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 4, let time = Int64(lines[0]), let code = RunServiceError.Code(rawValue: lines[1]) else {
            return nil
        }
        at = Timestamp(milliseconds: time)
        error = RunServiceError(code, lines[2], underlying: lines[3].isEmpty ? nil : lines[3])
    }
}
