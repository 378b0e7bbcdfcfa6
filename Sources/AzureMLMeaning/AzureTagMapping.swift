package import AzureMLWire
package import RunModel
package import RunServices

/// Tags and properties: key-only tags are null here.
package enum AzureTagMapping {
    /// As messages carry tags.
    package static func dto(_ tags: Tags) -> [String: AzureText?] {
        // By `updateValue`, for an assigned nil would take the key away.
        tags.entries.reduce(into: [:]) { $0.updateValue($1.value.map(AzureText.init), forKey: $1.key) }
    }

    /// Sets each of them, in the order of their keys.
    package static func edits(_ tags: [String: AzureText?]?) -> [TagEdit] {
        (tags ?? [:]).sorted { $0.key < $1.key }.map { .set(key: $0.key, value: $0.value?.text) }
    }

    /// As runs have them; none for nil.
    package static func tags(_ tags: [String: AzureText?]?) -> Tags {
        Tags((tags ?? [:]).map { ($0.key, $0.value?.text) })
    }

    /// As runs have them; none for nil.
    package static func properties(_ properties: [String: AzureText]?) -> Properties {
        Properties((properties ?? [:]).map { ($0.key, $0.value.text) })
    }
}
