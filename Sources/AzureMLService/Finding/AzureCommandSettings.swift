import FileAccess

/// What `az` keeps in its directory about clouds.
struct AzureCommandSettings {
    private let directory: String

    init(_ environment: AzureEnvironment) {
        directory = environment.path(environment["AZURE_CONFIG_DIR"] ?? "~/.azure")
    }

    /// The cloud that `az` is set to, after `az cloud set`; nil for the usual one.
    var cloud: String? { INIFile(path: directory + "/config")?.sections["cloud"]?["name"] }

    /// The addresses of a cloud that was registered with `az`.
    func cloud(named name: String) -> [String: String]? {
        INIFile(path: directory + "/clouds.config")?.sections.first { $0.key.lowercased() == name.lowercased() }?.value
    }
}
