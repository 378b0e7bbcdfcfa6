import ArgumentParser
import RunServices

/// What came of a command that concerns several runs.
struct Tally {
    private let asksForObjects: Bool
    private(set) var done = 0
    private var failed: [(name: String, error: any Error)] = []

    /// - Parameter asksForObjects: whether each failure is told as a line of JSON too.
    init(asksForObjects: Bool) { self.asksForObjects = asksForObjects }

    mutating func succeed() { done += 1 }

    mutating func fail(_ error: any Error, of name: String) { failed.append((name, error)) }

    /// The values of what was done.
    mutating func take<Value>(_ results: [Result<Value, RunServiceError>], named names: [String]) -> [Value] {
        var values: [Value] = []
        for (result, name) in zip(results, names) {
            switch result {
            case .success(let value): values.append(value)
            case .failure(let error): fail(error, of: name)
            }
        }
        done += values.count
        return values
    }

    /// Throws when anything failed: the error itself where there was one thing to do, else status 1 once each is told.
    func conclude() throws {
        guard let first = failed.first else { return }
        if done + failed.count == 1 { throw first.error }
        for (name, error) in failed {
            let sentence = "Error: \(Shown.text(name)): \(error)"
            Console.warn(sentence)
            if asksForObjects {
                Console.warn(CommandFailure(error, parserStatus: ExitStatus.failed.rawValue, message: sentence).object)
            }
        }
        throw ExitCode(ExitStatus.failed.rawValue)
    }
}
