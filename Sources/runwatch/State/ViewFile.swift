import DashboardCore
import DashboardRuntime
import Dispatch
import RunModel
import RunServices
import UserConfiguration

/// The views of the configuration file, and changes of them.
struct ViewFile: ViewKeeping {
    /// Nil where this user has no place for a configuration.
    let place: ConfigurationPlace?

    func make(_ change: ViewChange) async -> Result<[NamedView], RunServiceError> {
        // On a thread of its own, for a disk may hang.
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(RunServiceError) in
                        guard let place else {
                            throw RunServiceError(
                                .unsupported, "HOME and XDG_CONFIG_HOME are unset, so there is no place for views.")
                        }
                        return switch change {
                        case .read: try place.views()
                        case .save(let view): try place.save(view)
                        case .delete(let name): try place.deleteView(named: name)
                        }
                    })
            }
        }
    }
}
