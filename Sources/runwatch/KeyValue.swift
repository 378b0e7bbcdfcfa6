import ArgumentParser

/// `KEY=VALUE` as given on a command line; the value is nil without an equals sign.
struct KeyValue: ExpressibleByArgument, Sendable {
    var key: String
    var value: String?

    /// Nil for an empty key.
    init?(argument: String) {
        let equals = argument.firstIndex(of: "=")
        key = String(argument[..<(equals ?? argument.endIndex)])
        value = equals.map { String(argument[argument.index(after: $0)...]) }
        if key.isEmpty { return nil }
    }

    /// Throws for a missing equals sign.
    func requireValue(_ option: String) throws -> (String, String) {
        guard let value else { throw ValidationError("\(option) needs KEY=VALUE, and '\(key)' has no '='.") }
        return (key, value)
    }
}
