/// A sentence for the person who called a command, and what the command ends with.
struct ConsoleError: Error, CustomStringConvertible {
    let description: String
    let status: ExitStatus
    /// A word for scripts.
    let code: String

    /// - Parameter code: by default one that says no more than the status.
    init(_ sentence: String, _ status: ExitStatus = .failed, code: String? = nil) {
        description = sentence
        self.status = status
        self.code = code ?? status.word
    }
}

extension ExitStatus {
    fileprivate var word: String {
        switch self {
        case .done: "done"
        case .failed: "failed"
        case .usage: "usage"
        case .notFound: "notFound"
        case .unreachable: "unavailable"
        }
    }
}
