package import RunServices

extension CommandExit {
    /// Exit status 0.
    package var isSuccess: Bool { self == .status(0) }

    /// What happened, for a failure message.
    package var sentence: String {
        switch self {
        case .status(let status):
            // A shell says so how what it ran has ended.
            SignalName.crash(status - 128).map { "exited with status \(status) (as a shell says \($0))" }
                ?? "exited with status \(status)"
        case .signal(let number):
            "killed by signal \(number) (\(SignalName.crash(number) ?? SignalName.text(of: number)))"
        }
    }

    /// The status to pass on, as a shell reports it: 128 and the signal's number for a signal.
    package var shellStatus: Int32 {
        switch self {
        case .status(let status): status
        case .signal(let number): 128 + number
        }
    }
}
