package import RunServices

/// What a listing of jobs asks of Slurm, and how its answer is read.
///
/// Names, comments and paths of jobs may hold anything, line ends too. Fields are therefore ended by a mark that is made up for each
/// question, and jobs are told apart by how many fields they have.
package struct SlurmListing: Sendable {
    /// Which words a version of a command has for the fields.
    package enum Dialect: String, Sendable {
        /// `squeue -O`: all fields.
        case long
        /// `squeue -o`, for versions that lack one of the long words: without exit status and paths of output.
        case short
        /// `sacct --format`.
        case accounting
    }

    /// The words in use.
    package let dialect: Dialect
    /// Ends each field.
    package let mark: String

    /// A listing with a mark of its own, or one that was printed before.
    package init(_ dialect: Dialect, mark: String = SlurmListing.newMark()) {
        self.dialect = dialect
        self.mark = mark
    }

    /// A control character, which sbatch lets into names, and four random letters, which nobody can know before.
    package static func newMark() -> String {
        let letters = (0..<4).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement() ?? "x" }
        return "\u{1f}" + String(letters)
    }

    /// A field of a job: its word in each dialect, nil where that has none, and where its text goes.
    struct Field: Sendable {
        var long: String?
        var short: String?
        var accounting: String?
        var read: @Sendable (Substring, inout SlurmJob) -> Void
    }

    /// The fields that this dialect has, in their order.
    var fields: [(word: String, read: @Sendable (Substring, inout SlurmJob) -> Void)] {
        Self.all.compactMap { field in
            switch dialect {
            case .long: field.long.map { ($0, field.read) }
            case .short: field.short.map { ($0, field.read) }
            case .accounting: field.accounting.map { ($0, field.read) }
            }
        }
    }

    /// The arguments that ask for these fields.
    package var arguments: [String] {
        let words = fields.map(\.word)
        switch dialect {
        case .long: return ["-O", words.map { "\($0):\(mark)" }.joined(separator: ",")]
        case .short: return ["-o", words.map { "%\($0)\(mark)" }.joined()]
        case .accounting: return ["-p", "--delimiter=\(mark)", "--format=" + words.joined(separator: ",")]
        }
    }

    /// The jobs of an answer, at most `limit`. Throws `unexpectedResponse` for what is no such answer.
    package func jobs(in output: String, limit: Int = 200_000) throws(RunServiceError) -> [SlurmJob] {
        let fields = fields
        var texts = Fields(output, mark: mark)
        var jobs: [SlurmJob] = []
        while jobs.count < limit {
            guard let first = texts.next() else { break }
            let text = first.drop { $0 == "\n" || $0 == "\r\n" }
            if texts.isAtEnd { break }
            var job = SlurmJob(id: 0, state: SlurmState(""))
            fields[0].read(text, &job)
            for field in fields.dropFirst() {
                guard let text = texts.next() else { throw Self.unreadable }
                field.read(text, &job)
            }
            guard job.id > 0, !job.state.word.isEmpty else { throw Self.unreadable }
            jobs.append(job)
        }
        return jobs
    }

    private static let unreadable = RunServiceError(
        .unexpectedResponse,
        "Slurm's answer is not the list of jobs that was asked for; `runwatch doctor` tells its version.")

    /// The texts between the marks, found by their bytes.
    private struct Fields {
        private let text: String
        private let mark: [UInt8]
        private var rest: Substring.UTF8View

        init(_ text: String, mark: String) {
            var text = text
            text.makeContiguousUTF8()
            self.text = text
            self.mark = Array(mark.utf8)
            rest = text[...].utf8
        }

        /// Whether what `next` gave last had no mark after it.
        private(set) var isAtEnd = false

        mutating func next() -> Substring? {
            guard let first = mark.first, !rest.isEmpty else { return nil }
            var place = rest.startIndex
            while let found = rest[place...].firstIndex(of: first) {
                if rest[found...].starts(with: mark) {
                    let field = Substring(rest[..<found])
                    rest = rest[rest.index(found, offsetBy: mark.count)...]
                    return field
                }
                place = rest.index(after: found)
            }
            isAtEnd = true
            defer { rest = rest[rest.endIndex...] }
            return Substring(rest)
        }
    }
}
