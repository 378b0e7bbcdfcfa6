package import RunAttention
package import RunModel
import RunServices

/// A value and the line that it was written in.
package struct Placed<Value: Sendable>: Sendable {
    /// What was written.
    package var value: Value
    /// From 1.
    package var line: Int

    /// A value of a line.
    package init(_ value: Value, line: Int) {
        self.value = value
        self.line = line
    }
}

extension Placed: Equatable where Value: Equatable {}

/// What a configuration file says, checked as far as that is possible without looking anywhere else.
package struct ConfigurationFile: Equatable, Sendable {
    /// An absolute path.
    package let path: String
    /// Whether there is a file.
    package internal(set) var isThere = false
    /// Whether its permissions let others read it.
    package internal(set) var othersMayRead = false

    /// The run service when nothing nearer names one: one of `services`, an address or a path.
    package internal(set) var service: Placed<String>?
    /// In the order of the file; each name once.
    package internal(set) var services: [NamedService] = []
    /// Seconds.
    package internal(set) var interval: Placed<Double>?
    /// Runs.
    package internal(set) var limit: Placed<Int>?
    /// Whether the dashboard may change nothing.
    package internal(set) var readOnly: Placed<Bool>?
    /// Names of metrics.
    package internal(set) var columns: Placed<[String]>?
    /// What runs are ordered by.
    package internal(set) var sort: Placed<SortOrder>?
    /// By which ways a person is told of events.
    package internal(set) var notify: Placed<NotificationChannels>?
    /// The command that is given each event.
    package internal(set) var hook: Placed<String>?
    /// Whether colours are used.
    package internal(set) var color: Placed<ColorChoice>?
    /// Whether to draw with ASCII characters only.
    package internal(set) var ascii: Placed<Bool>?
    /// In the order of the file; each name once.
    package internal(set) var views: [Placed<NamedView>] = []
    /// Other keys for commands, in the order of the file; each command once.
    package internal(set) var keys: [KeyChoice] = []
    /// The user's own, in the order of the file; each name once.
    package internal(set) var commands: [CommandChoice] = []
    /// Whether the mouse is listened to.
    package internal(set) var mouse: Placed<Bool>?
    /// Other colours of statuses and the like, in the order of the file.
    package internal(set) var colors: [ColorOfName] = []

    /// A file that says nothing.
    package init(path: String) { self.path = path }

    /// The service of this name.
    package func service(named name: String) -> NamedService? { services.first { $0.name == name } }
}

/// A run service with a name of its own.
package struct NamedService: Equatable, Sendable {
    /// Letters, digits, `.`, `_` and `-`: never an address or a path.
    package let name: String
    /// An address or a path; may hold a password.
    package let address: Placed<String>
    /// Whether it may be looked at only.
    package internal(set) var readOnly: Placed<Bool>?
    /// Of its name.
    package let line: Int
}

/// The keys that a command is to have instead of its own.
package struct KeyChoice: Equatable, Sendable {
    /// As `:` calls it; may name no command.
    package let command: String
    /// As they were written; none takes the command its keys.
    package let keys: [String]
    /// From 1.
    package let line: Int
}

/// The colour that something is to have instead of its own.
package struct ColorOfName: Equatable, Sendable {
    /// What has it; may be nothing that there is.
    package let name: String
    /// As it was written; may be none.
    package let color: String
    /// From 1.
    package let line: Int
}

/// Whether the terminal's colours are used.
package enum ColorChoice: String, CaseIterable, Sendable {
    case auto, never
}

extension NamedService {
    /// Whether something that may be a password stands in the address.
    package var hasPassword: Bool {
        guard let scheme = address.value.firstRange(of: "://") else { return false }
        return address.value[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }.contains("@")
    }

    /// The address without it.
    package var shownAddress: String {
        guard hasPassword, let scheme = address.value.firstRange(of: "://") else { return Shown.text(address.value) }
        let authority = address.value[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
        guard let at = authority.lastIndex(of: "@") else { return Shown.text(address.value) }
        return Shown.text(address.value[..<scheme.upperBound] + "…" + address.value[at...])
    }
}
