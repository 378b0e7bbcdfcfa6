@testable import UserConfiguration

/// A configuration of this text.
func file(_ text: String) throws -> ConfigurationFile {
    try ConfigurationFile(Array(text.utf8), path: "/home/ana/config.yaml", name: "config.yaml")
}

/// What a configuration of this text is told; nothing where all is well.
func faults(_ text: String) -> [String] {
    do throws(ConfigurationFaults) {
        _ = try ConfigurationFile(Array(text.utf8), path: "/config.yaml", name: "config.yaml")
        return []
    } catch {
        return error.faults.map(\.description)
    }
}
