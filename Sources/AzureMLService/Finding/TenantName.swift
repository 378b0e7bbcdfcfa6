/// The ids of organisations in Azure's sentences.
package enum TenantName {
    /// The one that a refused token should be from, as the resource manager says it: “The access token is from the wrong
    /// issuer 'https://sts.windows.net/A/'. It must match the tenant 'https://sts.windows.net/B/' …”. Nil when it says
    /// nothing of the kind.
    package static func wanted(_ words: String) -> String? {
        guard let place = words.firstRange(of: "must match") else { return nil }
        return words[place.upperBound...].split { !($0.isHexDigit || $0 == "-") }.first(where: isTenant).map(
            String.init)
    }

    /// Whether a text has the form of such an id, so that it can stand in a command that a person copies.
    package static func isTenant(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }

    /// The name in a command: an id, or a domain such as `example.onmicrosoft.com`.
    package static func isSafe(_ text: String) -> Bool {
        (1...260).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "-")
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789.-_".unicodeScalars.contains($0))
            }
    }
}
