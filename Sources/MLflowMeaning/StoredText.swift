package import RunServices

/// The longest values that MLflow keeps (`MAX_TAG_VAL_LENGTH`, `MAX_PARAM_VAL_LENGTH` in its `utils/validation.py`).
///
/// MLflow itself cuts longer ones off without a word; here a person's text is refused and machinery's is cut.
package enum StoredText {
    private static let tagLimit = 8_000
    private static let paramLimit = 6_000

    /// The value as it can be stored: machinery's is cut to 8,000 characters. Throws `invalid` for a longer one of a
    /// person's tag or of a property.
    package static func tag(_ value: String, of key: String) throws(RunServiceError) -> String {
        if value.utf8.count <= tagLimit || value.unicodeScalars.count <= tagLimit { return value }
        if MLflowTag.isMachinery(key) && !key.hasPrefix(MLflowTag.propertyPrefix) {
            return String(String.UnicodeScalarView(value.unicodeScalars.prefix(tagLimit)))
        }
        throw tooLong("tag", key, tagLimit)
    }

    /// The value of a parameter as it can be stored. Throws `invalid` when it has more than 6,000 characters.
    package static func param(_ value: String, of key: String) throws(RunServiceError) -> String {
        if value.utf8.count <= paramLimit || value.unicodeScalars.count <= paramLimit { return value }
        throw tooLong("parameter", key, paramLimit)
    }

    /// The same edit with values that are kept as they are.
    package static func storable(_ edit: MLflowEdit) throws(RunServiceError) -> MLflowEdit {
        var edit = edit
        for (index, (key, value)) in edit.setTags.enumerated() {
            edit.setTags[index].value = try tag(value, of: key)
        }
        return edit
    }

    private static func tooLong(_ noun: String, _ key: String, _ limit: Int) -> RunServiceError {
        RunServiceError(
            .invalid,
            "The value of the \(noun) `\(Shown.text(key))` is too long: MLflow keeps \(limit) characters; shorten it.")
    }
}
