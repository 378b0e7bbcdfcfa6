extension KeyedValues.Entry: Codable where Value: Codable {
    private enum CodingKeys: String, CodingKey { case key, value }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            key: try container.decode(String.self, forKey: .key),
            value: try container.decode(Value.self, forKey: .value))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(key, forKey: .key)
        try container.encode(value, forKey: .value)
    }
}

/// As a list, since keys that look equal are two.
extension KeyedValues: Codable where Value: Codable {
    package init(from decoder: any Decoder) throws {
        let entries = try decoder.singleValueContainer().decode([Entry].self)
        self.init(entries.map { ($0.key, $0.value) })
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Array(entries))
    }
}
