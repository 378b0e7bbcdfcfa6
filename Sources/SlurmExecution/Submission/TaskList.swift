package import RunServices
import SlurmCommands

/// The tasks of an array, as `sbatch --array` takes them: `0-9%2`, `1,3,5-7`, `0-15:4`.
package struct TaskList: Equatable, Sendable {
    /// As it was written.
    package let text: String
    /// Ascending, each once.
    package let numbers: [Int]

    /// Runs that one command may create; what Slurm takes is less as a rule (`MaxArraySize`).
    package static let limit = 10_000

    /// Throws `invalid` for what is no such list.
    package init(_ text: String) throws(RunServiceError) {
        let halves = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard !text.isEmpty, text.utf8.count <= 4_096,
            halves.count == 1 || Self.number(halves[1]).map({ $0 > 0 }) == true,
            halves[0].split(separator: ",", omittingEmptySubsequences: false).allSatisfy(Self.isRange)
        else {
            throw RunServiceError(
                .invalid, "\(Shown.text(text)) is no list of tasks; write it as for sbatch: 0-9, 1,3,5 or 0-99%10.")
        }
        let found = Set(SlurmArrayTask.waiting(String(halves[0])).numbers(limit: Self.limit + 1)).sorted()
        if found.count > Self.limit {
            throw RunServiceError(.invalid, "These are more than \(Self.limit) tasks, each of which would be a run.")
        }
        (self.text, numbers) = (text, found)
    }

    /// `5`, `0-9` or `0-9:2`.
    private static func isRange(_ part: Substring) -> Bool {
        let steps = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let ends = steps[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = number(ends[0]) else { return false }
        if ends.count == 1 { return steps.count == 1 }
        guard let last = number(ends[1]), last >= first else { return false }
        return steps.count == 1 || number(steps[1]).map { $0 > 0 } == true
    }

    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
