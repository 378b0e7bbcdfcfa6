import RunServices

/// What a script runs in: the `environment` of a run configuration, and what says the same elsewhere in it.
package struct RunEnvironment: Equatable, Sendable {
    /// The name under which a workspace knows it.
    package var name: String?
    /// The program that runs the script; nil for the first `python` on the path.
    package var interpreterPath: String?
    /// Whether the packages are there already. False has Azure build an environment with conda; nil leaves that to
    /// whether the file names packages.
    package var userManagedDependencies: Bool?
    /// Whether the file names packages for conda.
    package var namesCondaPackages = false
    /// Whether it is to run in a container.
    package var usesDocker = false
    /// Set for the script, besides what it inherits.
    package var variables: [String: String] = [:]

    /// This machine as it is.
    package init() {}

    init(_ file: ConfigurationReader) throws(RunServiceError) {
        name = try file.text("environment", "name")
        interpreterPath = try file.text("environment", "python", "interpreterPath")
        userManagedDependencies = try file.flag(["environment", "python", "userManagedDependencies"])
        for key in ["condaDependencies", "condaDependenciesFile", "baseCondaEnvironment"] {
            namesCondaPackages = namesCondaPackages || file.hasValue("environment", "python", key)
        }
        for keys in [["environment", "docker", "enabled"], ["docker", "useDocker"]] {
            if try file.flag(keys) == true { usesDocker = true }
        }
        variables = try file.table("environment", "environmentVariables")
        variables.merge(try file.table("environmentVariables")) { _, new in new }
    }

    /// Why this machine is not such an environment; nil when it is.
    var obstacle: String? {
        if usesDocker {
            return "it wants a Docker container (docker), and here runs no container; "
                + "set `environment.docker.enabled: false`"
        }
        let named = name.map { " `\(Shown.text($0))`" } ?? ""
        if userManagedDependencies ?? !namesCondaPackages { return nil }
        return "its environment\(named) is to be built with conda, and here nothing is installed; "
            + "set `environment.python.userManagedDependencies: true`, and `interpreterPath` to a Python that has the packages"
    }
}
