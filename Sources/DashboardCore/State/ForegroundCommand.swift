/// A program that has the terminal to itself for a while, such as an editor.
package struct ForegroundCommand: Equatable, Sendable {
    /// The program, which is looked for along PATH, and its arguments.
    package var arguments: [String]
    /// What its environment has besides this process's.
    package var environment: [String: String]
    /// A line written before it starts, of characters that are safe to show; nil for none.
    package var heading: String?
    /// Whether what it wrote stays until a key is pressed.
    package var waitsForKey: Bool

    /// By default it starts without a word, and the dashboard is back as soon as it has ended.
    package init(
        _ arguments: [String], environment: [String: String] = [:], heading: String? = nil, waitsForKey: Bool = false
    ) {
        self.arguments = arguments
        self.environment = environment
        self.heading = heading
        self.waitsForKey = waitsForKey
    }
}

/// How a program came to its end.
package enum CommandEnd: Equatable, Sendable {
    /// With this exit status.
    case exited(Int32)
    /// By a signal of this number.
    case signal(Int32)
    /// After so many seconds, which was too long.
    case notFinished(Int64)
    /// It never ran, for this reason.
    case notStarted(String)

    /// What went wrong, to be put after the program's name; nil when nothing did.
    package var fault: String? {
        switch self {
        case .exited(0): nil
        case .exited(let status): "ended with status \(status)"
        case .signal(let number): "was ended by signal \(number)"
        case .notFinished(let seconds): "took more than \(seconds) s and was ended"
        case .notStarted(let reason): "could not be started (\(reason))"
        }
    }
}
