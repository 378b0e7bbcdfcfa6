/// A sentence for the person who called a command, which ends with status 1.
struct ConsoleError: Error, CustomStringConvertible {
    let description: String

    init(_ sentence: String) { description = sentence }
}
