package import RunServices

/// What MLflow accepts as a key or name; checked here, so that a batch is refused before any of it is written.
package enum MLflowName {
    /// Characters (`MAX_ENTITY_KEY_LENGTH` in MLflow's `utils/validation.py`).
    package static let keyLimit = 250
    /// Characters (`MAX_EXPERIMENT_NAME_LENGTH`, same place).
    package static let experimentLimit = 500

    /// Throws `invalid` for a `text` that cannot be a `kind` ("tag key").
    ///
    /// Letters and digits of any script, `_ - . : /` and spaces, as MLflow demands of keys.
    package static func check(_ text: String, _ kind: String, limit: Int = keyLimit) throws(RunServiceError) {
        try checkName(text, kind, limit: limit)
        let isAllowed = text.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "_", "-", ".", ":", "/", " ": true
            default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            }
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if !isAllowed || parts.contains("..") || parts.contains("") || text == "." {
            throw RunServiceError(
                .invalid,
                "MLflow takes no \(kind) `\(Shown.text(text))`; use letters, digits, spaces and any of `_-.:/`.")
        }
    }

    /// The rules of every name: not empty, one line, not too long.
    package static func checkName(_ text: String, _ kind: String, limit: Int = keyLimit) throws(RunServiceError) {
        if text.isEmpty {
            throw RunServiceError(.invalid, "The \(kind) is empty; give it at least one character.")
        }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }) {
            throw RunServiceError(
                .invalid, "The \(kind) `\(Shown.text(text))` holds a control character; leave it out.")
        }
        if text.unicodeScalars.count > limit {
            throw RunServiceError(
                .invalid,
                "The \(kind) `\(Shown.text(text))` has \(text.unicodeScalars.count) characters; "
                    + "at most \(limit) are possible.")
        }
    }

    /// Throws `invalid` for a key that MLflow takes for no tag.
    package static func checkTag(_ key: String) throws(RunServiceError) { try check(key, "tag key") }

    /// Throws `invalid` for a key that MLflow takes for no tag once `MLflowTag.propertyPrefix` stands before it.
    package static func checkProperty(_ key: String) throws(RunServiceError) {
        try check(key, "property key", limit: keyLimit - MLflowTag.propertyPrefix.count)
    }
}
