/// Values of the model as they go from one runwatch to another. Whatever is read is bounded as it is elsewhere.
extension RunStatus: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(word: try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(word)
    }
}

extension Timestamp: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(milliseconds: try decoder.singleValueContainer().decode(Int64.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

extension MetricValue: Codable {
    private enum CodingKeys: String, CodingKey { case bits, text }

    /// Numbers by their bits, since JSON has no NaN, no infinities and no sign of zero.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let text = try container.decodeIfPresent(String.self, forKey: .text) {
            self = .text(text)
        } else if let bits = UInt64(try container.decode(String.self, forKey: .bits), radix: 16) {
            self = .number(Double(bitPattern: bits))
        } else {
            throw DecodingError.dataCorruptedError(forKey: .bits, in: container, debugDescription: "No number.")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .number(let number): try container.encode(String(number.bitPattern, radix: 16), forKey: .bits)
        case .text(let text): try container.encode(text, forKey: .text)
        }
    }
}

extension StatusCounts: Codable {
    package init(from decoder: any Decoder) throws {
        let words = try decoder.singleValueContainer().decode([String: Int].self)
        self.init(Dictionary(words.map { (RunStatus(word: $0.key), $0.value) }) { first, _ in first })
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Dictionary(uniqueKeysWithValues: byStatus.map { ($0.key.word, $0.value) }))
    }
}

extension Filter: Codable {
    package init(from decoder: any Decoder) throws {
        self = try Filter.parse(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
