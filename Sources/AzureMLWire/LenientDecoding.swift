extension KeyedDecodingContainer {
    /// Nil for what is absent, null, or of another kind.
    func lenient<Value: Decodable>(_ key: Key, as type: Value.Type = Value.self) -> Value? {
        guard contains(key) else { return nil }
        return try? decode(type, forKey: key)
    }
}

/// A map of texts of which some may be null; entries of other kinds are left out.
struct LenientTexts: Decodable {
    var texts: [String: AzureText?] = [:]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        for name in container.allKeys {
            if (try? container.decodeNil(forKey: name)) == true {
                texts.updateValue(nil, forKey: name.stringValue)
            } else if let text = try? container.decode(AzureText.self, forKey: name) {
                texts.updateValue(text, forKey: name.stringValue)
            }
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }

        init?(intValue: Int) { nil }
    }
}

/// Items of a list, without those that are not understood.
struct LenientList<Item: Decodable>: Decodable {
    var items: [Item] = []
    /// Why the first of those was not understood.
    var firstError: (any Error)?

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        while !container.isAtEnd {
            do {
                items.append(try container.decode(Item.self))
            } catch {
                firstError = firstError ?? error
                // Steps over it, whatever it is.
                _ = try container.decode(Anything.self)
            }
        }
    }

    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {}
    }
}
