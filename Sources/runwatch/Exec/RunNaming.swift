import RunServices

/// Names for what a person did not name.
enum RunNaming {
    static func experiment(directory: String) -> String {
        let name = baseName(directory)
        return name.isEmpty ? "root" : name
    }

    /// The base name of what the command runs.
    static func run(_ source: RunSource) -> String { baseName(source.entryPoint) }

    private static func baseName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }
}
