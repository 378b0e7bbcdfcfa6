import FileAccess

/// What an `artifact_uri` or `artifact_location` says: untrusted text from the store's writer.
package enum ArtifactURI: Equatable {
    /// The components of a path of this kind of system; relative ones begin where MLflow ran.
    case path([String], isAbsolute: Bool)
    /// A store of artifacts that is reached by other means than paths, such as `s3:`.
    case remote
    /// A path of another system or machine, one that climbs with `..`, or nothing at all.
    case foreign

    /// Takes the text apart; a text that cannot be understood is `foreign`, never an error.
    package init(_ text: String) {
        let scheme = text.prefix { $0 != ":" && $0 != "/" && $0 != "\\" }
        guard scheme.endIndex != text.endIndex, text[scheme.endIndex] == ":" else {
            self = Self.path(text)
            return
        }
        if scheme.lowercased() == "file" {
            var rest = text[text.index(after: scheme.endIndex)...]
            if rest.hasPrefix("//localhost/") { rest = rest.dropFirst(11) }
            if rest.hasPrefix("///") { rest = rest.dropFirst(2) }
            // What MLflow writes has these encoded; to others they end the path.
            let isPlain = !rest.hasPrefix("//") && !rest.contains("?") && !rest.contains("#")
            self = isPlain ? Self.path(PercentEncoding.decoded(rest)) : .foreign
        } else {
            // One letter is a drive of Windows.
            self = scheme.utf8.count > 1 ? .remote : .foreign
        }
    }

    private static func path(_ text: String) -> ArtifactURI {
        let parts = text.split(separator: "/").map(String.init).filter { $0 != "." }
        let isForeign = parts.isEmpty || parts.contains("..") || text.utf8.contains(0) || text.utf8.contains(0x5c)
        // `/C:/…` is what a drive of Windows becomes in a URI.
        let isDrive = parts.first?.utf8.count == 2 && parts.first?.hasSuffix(":") == true
        return isForeign || isDrive ? .foreign : .path(parts, isAbsolute: text.hasPrefix("/"))
    }

    /// A local path as MLflow writes it into `artifact_uri`.
    package static func text(ofPath path: String) -> String {
        "file://" + PercentEncoding.encoded(path, keeping: PercentEncoding.path)
    }
}
