import RunServices

extension HTTPFault {
    /// Redirects are not followed: the credentials are meant for this address, and a POST would lose its body.
    /// - Parameter path: of the call, which a moved server repeats behind its new address.
    func redirect(to location: String?, path: String) -> RunServiceError {
        let start = String((location ?? "").prefix { $0 != "?" && $0 != "#" })
        let isLogin = ["login", "signin", "sign_in", "sign-in", "oauth", "/sso", "/auth", "saml"].contains {
            start.lowercased().contains($0)
        }
        if isLogin {
            let advice =
                options.credentials == nil
                ? "set \(options.advice.credentials)"
                : "the credentials from \(options.advice.credentialsInUse ?? "its address") may have expired"
            return RunServiceError(
                .unauthorized, "\(server) sends us to a login page; \(advice).",
                underlying: shown((try? HTTPAddress(start).origin) ?? start))
        }
        guard var target = try? HTTPAddress(start) else {
            return RunServiceError(
                .unexpectedResponse, "\(server) redirects to another page; check its path.", underlying: shown(start))
        }
        if target.path.hasSuffix(path) { target.path.removeLast(path.utf8.count) }
        return RunServiceError(
            .unexpectedResponse,
            "\(server) sends us to another address; use that one if you trust it: \(shown(target.text))")
    }
}
