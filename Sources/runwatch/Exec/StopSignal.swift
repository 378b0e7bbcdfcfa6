import ArgumentParser
import RunModel

/// A signal that asks a command to end, as a person writes it: `USR1`, `sigusr1`.
struct StopSignal: ExpressibleByArgument, CustomStringConvertible {
    /// With its prefix: `SIGUSR1`.
    let name: String

    init() { name = StopTerms().signal }

    init?(argument: String) {
        let name = argument.uppercased()
        let full = name.hasPrefix("SIG") ? name : "SIG" + name
        guard StopTerms.signals.contains(full) else { return nil }
        self.name = full
    }

    var description: String { String(name.dropFirst(3)) }

    static var allValueStrings: [String] { StopTerms.signals.map { String($0.dropFirst(3)) } }
}
