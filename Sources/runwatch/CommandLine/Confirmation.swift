import Glibc

/// A question before something that concerns many runs.
enum Confirmation {
    /// Returns once a person has typed the number of runs, which nobody types by accident.
    ///
    /// Throws for any other answer, and where nobody can be asked.
    /// - Parameter question: without its question mark, such as `Cancel 12 runs of local ~/.local/share/runwatch`.
    static func ask(_ question: String, count: Int) throws {
        guard isatty(STDIN_FILENO) == 1 else {
            throw ConsoleError(
                "\(question)? Nothing was changed, since nobody can be asked here; give --yes to do it.", .usage,
                code: "unconfirmed")
        }
        Console.warn("\(question)? Type \(count) to do it, anything else to leave it:")
        guard let answer = readLine(strippingNewline: true), answer == String(count) else {
            throw ConsoleError("Nothing was changed.", code: "unconfirmed")
        }
    }
}
