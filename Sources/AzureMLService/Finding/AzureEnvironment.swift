import Foundation

/// The variables by which Azure's tools are set up; empty ones count as absent.
package struct AzureEnvironment: Sendable {
    /// As they are.
    package let all: [String: String]

    /// Takes them as they are.
    package init(_ all: [String: String]) { self.all = all }

    /// Nil for what is absent, empty or blank.
    package subscript(name: String) -> String? {
        let text = all[name]?.trimmingCharacters(in: .whitespacesAndNewlines)
        return text.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The person's directory.
    var home: String { self["HOME"] ?? NSHomeDirectory() }

    /// A path with `~/` spelled out.
    func path(_ text: String) -> String { text.hasPrefix("~/") ? home + text.dropFirst() : text }
}
