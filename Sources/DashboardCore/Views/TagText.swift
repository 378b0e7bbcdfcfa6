import RunModel

/// Tags on one line: `quality=great run, worth another look`.
enum TagText {
    static func one(_ key: String, _ value: String?) -> String { value.map { "\(key)=\($0)" } ?? key }

    /// For pages with room: `quality = great run`.
    static func spaced(_ key: String, _ value: String?) -> String { value.map { "\(key) = \($0)" } ?? key }

    static func line(_ tags: Tags) -> String {
        tags.entries.map { one($0.key, $0.value) }.joined(separator: ", ")
    }
}
