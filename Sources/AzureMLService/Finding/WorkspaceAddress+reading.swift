import Foundation
import HTTPTransport
package import RunServices

extension WorkspaceAddress {
    /// What follows `azureml` before the colon.
    private static let schemes = ["azureml", "azureml+http", "azureml+https"]

    /// What an `azureml:` address names; nil for text of another kind.
    ///
    /// `azureml://subscriptions/S/resourceGroups/G/workspaces/W`, the same behind a host, and the tracking URIs that
    /// Azure gives to MLflow's client. Only a server on this machine is spoken to by plain http, unless `azureml+https`
    /// says otherwise. Throws `invalid` with what to write instead.
    package init?(uri text: String) throws(RunServiceError) {
        guard let colon = text.firstIndex(of: ":"), Self.schemes.contains(text[..<colon].lowercased()) else {
            return nil
        }
        let scheme = text[..<colon].lowercased()
        var parts = text[text.index(after: colon)...].prefix { $0 != "?" && $0 != "#" }
            .split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
        guard let start = parts.firstIndex(where: { $0.lowercased() == "subscriptions" }) else { throw Self.unreadable }
        let before = parts[..<start]
        parts.removeFirst(start)
        func value(after name: String) -> String? {
            let place = parts.firstIndex { $0.lowercased() == name }
            return place.flatMap { parts.dropFirst($0 + 1).first }
        }
        guard let subscription = value(after: "subscriptions"), let group = value(after: "resourcegroups"),
            let workspace = value(after: "workspaces"),
            [subscription, group, workspace].allSatisfy(Self.isName)
        else { throw Self.unreadable }
        self.init(
            subscription: subscription, group: group, workspace: workspace,
            host: try before.isEmpty ? nil : Self.host(Array(before), scheme))
    }

    /// The part before the subscription: a host, and perhaps a path of a proxy before MLflow's.
    private static func host(_ parts: [String], _ scheme: String) throws(RunServiceError) -> HTTPAddress {
        var parts = parts
        // What Azure puts there for MLflow's client is not where run history is.
        if parts.count >= 3, parts[parts.count - 2] == "mlflow" { parts.removeLast(2) }
        let rest = parts.joined(separator: "/")
        guard var address = try? HTTPAddress("https://" + rest), !address.hasUserInfo else { throw unreadable }
        let isPlain = scheme == "azureml+http" || scheme == "azureml" && address.isLoopback
        if isPlain, let plain = try? HTTPAddress("http://" + rest) { address = plain }
        guard address.keepsSecrets else {
            throw RunServiceError(
                .invalid,
                "azureml+http:// is for servers on this machine only: others would be sent a token that anybody on the "
                    + "way can read. Write azureml://HOST/….")
        }
        return address
    }

    /// Azure allows far less; this is enough for them to be parts of a path and of a sentence.
    private static func isName(_ text: String) -> Bool {
        (1...260).contains(text.unicodeScalars.count) && !text.allSatisfy { $0 == "." } && !text.contains("/")
            && !text.unicodeScalars.contains(where: Shown.isHidden)
    }

    private static let unreadable = RunServiceError(
        .invalid,
        "This names no Azure ML workspace; write azureml://subscriptions/ID/resourceGroups/GROUP/workspaces/NAME, or "
            + "the path of a config.json.")
}
