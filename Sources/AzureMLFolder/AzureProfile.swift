import FileAccess
import Glibc
import JMESPath

/// What `az login` has left on this machine.
package enum AzureProfile {
    /// Bytes; a profile has some hundreds for each subscription.
    private static let sizeLimit = 16 << 20

    /// The id of the subscription that `az` works with; nil where it was never used.
    /// - Parameter environment: `AZURE_CONFIG_DIR` or else `HOME` says where the profile is.
    package static func defaultSubscription(environment: [String: String]) -> String? {
        let folder = environment["AZURE_CONFIG_DIR"] ?? environment["HOME"].map { $0 + "/.azure" }
        guard let folder, folder.hasPrefix("/"),
            let bytes = FileAccess.contents(folder + "/azureProfile.json", limit: sizeLimit)
        else { return nil }
        // The Azure CLI writes a byte order mark.
        let unmarked = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
        guard case .object(let profile)? = try? JSONReader.read(unmarked),
            case .array(let subscriptions)? = profile["subscriptions"]
        else { return nil }
        for case .object(let subscription) in subscriptions {
            if case .bool(true)? = subscription["isDefault"], case .string(let id)? = subscription["id"] { return id }
        }
        return nil
    }
}
