/// How a script is to be started on the client's own machine.
package struct LocalRunDefinition: Codable, Sendable, Equatable {
    /// The whole of it, to be kept with the run.
    package var configuration: AzureJSON
    /// The run that it becomes a child of.
    package var parentRunID: String?

    private enum CodingKeys: String, CodingKey {
        case configuration = "Configuration"
        case parentRunID = "ParentRunId"
    }

    /// The script below the project's directory.
    package var script: String? { configuration["script"]?.text }

    /// What the script is given.
    package var arguments: [String] { (configuration["arguments"]?.items ?? []).compactMap(\.argument) }

    /// A program and its arguments instead of a script.
    package var command: String? { configuration["command"]?.text.flatMap { $0.isEmpty ? nil : $0 } }

    /// Where the run is meant to be: `local` for the client's machine.
    package var target: String { configuration["target"]?.text ?? "local" }

    /// The variables that the script sees besides the client's own.
    package var environmentVariables: [String: String] {
        (configuration["environment"]?["environmentVariables"]?.members ?? [:])
            .merging(configuration["environmentVariables"]?.members ?? [:]) { $1 }
            .compactMapValues(\.argument)
    }

    /// The Python that the script is started with.
    package var interpreter: String? { python?["interpreterPath"]?.text }

    /// Whether the client's own Python has what the script needs, rather than a conda environment to be made for it.
    package var usesOwnPython: Bool { python?["userManagedDependencies"]?.bool ?? false }

    /// Whether the script is to be started in a container.
    package var usesDocker: Bool {
        configuration["docker"]?["useDocker"]?.bool ?? configuration["environment"]?["docker"]?["enabled"]?.bool
            ?? false
    }

    private var python: AzureJSON? { configuration["environment"]?["python"] }
}

extension AzureJSON {
    /// As a program is given it.
    fileprivate var argument: String? {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .bool(let value): value ? "True" : "False"
        case .null, .list, .object: nil
        }
    }
}
