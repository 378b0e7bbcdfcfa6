package import RunModel
import RunServices

extension LocalStore {
    /// The path of the store's directory.
    package var address: String { directory }

    /// Nothing: only runwatch itself speaks to this store, and it looks for `RUNWATCH_SERVICE`.
    package func commandEnvironment(for run: Run, inherited: (String) -> String?) -> [String: String?] { [:] }
}
