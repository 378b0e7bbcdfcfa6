import Glibc

/// A Python environment as shells activate it.
package struct PythonEnvironment: Equatable, Sendable {
    /// The variable that names it: `VIRTUAL_ENV`, `CONDA_PREFIX`.
    package var variable: String
    /// An absolute path.
    package var directory: String

    private static let variables = ["VIRTUAL_ENV", "CONDA_PREFIX"]

    /// The one that is active for this process; nil without one.
    package static var active: PythonEnvironment? {
        for variable in variables {
            guard let value = getenv(variable), value.pointee == UInt8(ascii: "/") else { continue }
            guard let directory = String(validatingCString: value) else { continue }
            return PythonEnvironment(variable: variable, directory: directory)
        }
        return nil
    }

    /// The variables by which a command finds the environment in this directory; nil where there is none.
    package static func variables(activating directory: String) -> [String: String]? {
        let isConda = access(directory + "/conda-meta", F_OK) == 0
        guard isConda || access(directory + "/pyvenv.cfg", F_OK) == 0 else { return nil }
        let path = getenv("PATH").map { ":" + String(cString: $0) } ?? ""
        return [isConda ? "CONDA_PREFIX" : "VIRTUAL_ENV": directory, "PATH": directory + "/bin" + path]
    }
}
