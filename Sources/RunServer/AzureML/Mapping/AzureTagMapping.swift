import AzureMLWire
import RunModel
import RunServices

/// Tags and properties: key-only tags are null here.
enum AzureTagMapping {
    static func dto(_ tags: Tags) -> [String: AzureText?] {
        // By `updateValue`, for an assigned nil would take the key away.
        tags.entries.reduce(into: [:]) { $0.updateValue($1.value.map(AzureText.init), forKey: $1.key) }
    }

    static func edits(_ tags: [String: AzureText?]?) -> [TagEdit] {
        (tags ?? [:]).sorted { $0.key < $1.key }.map { .set(key: $0.key, value: $0.value?.text) }
    }

    static func tags(_ tags: [String: AzureText?]?) -> Tags { Tags((tags ?? [:]).map { ($0.key, $0.value?.text) }) }

    static func properties(_ properties: [String: AzureText]?) -> Properties {
        Properties((properties ?? [:]).map { ($0.key, $0.value.text) })
    }
}
