/// One field of a request message: its type by MLflow's protocol, and what its server demands beyond that.
struct MessageField: Sendable {
    /// The types of protobuf's JSON form.
    indirect enum Kind: Sendable {
        case text
        case integer
        case number
        case flag
        /// A word of an enumeration, or its number.
        case word([String])
        case texts
        case message([MessageField])
        case messages([MessageField])
    }

    /// Returns what is wrong with a value that is there; nil when it is good.
    typealias Demand = @Sendable (JSONValue) -> String?

    let name: String
    let kind: Kind
    /// Whether it must be there and not be an empty text.
    var isRequired = false
    var demand: Demand?

    static func text(_ name: String) -> MessageField { MessageField(name: name, kind: .text) }
    static func integer(_ name: String) -> MessageField { MessageField(name: name, kind: .integer) }
    static func number(_ name: String) -> MessageField { MessageField(name: name, kind: .number) }
    static func flag(_ name: String) -> MessageField { MessageField(name: name, kind: .flag) }
    static func texts(_ name: String) -> MessageField { MessageField(name: name, kind: .texts) }

    /// A word of `words`, the first of which has the number `first`.
    static func word(_ name: String, _ words: [String]) -> MessageField { MessageField(name: name, kind: .word(words)) }

    static func message(_ name: String, _ fields: [MessageField]) -> MessageField {
        MessageField(name: name, kind: .message(fields))
    }

    static func messages(_ name: String, _ fields: [MessageField]) -> MessageField {
        MessageField(name: name, kind: .messages(fields))
    }

    /// A list of keys with values: tags, parameters.
    static func entries(_ name: String) -> MessageField { .messages(name, [.text("key"), .text("value")]) }

    /// Must be there.
    var required: MessageField {
        var field = self
        field.isRequired = true
        return field
    }

    func demanding(_ demand: @escaping Demand) -> MessageField {
        var field = self
        field.demand = demand
        return field
    }

    /// Those of the fields must be in every element (`_assert_required` with a path in MLflow's `handlers.py`).
    func demandingInEach(_ names: String...) -> MessageField {
        let name = name
        return demanding { value in
            for (index, element) in (value.array ?? []).enumerated() {
                for field in names {
                    let value = element.object?[field] ?? .null
                    if value == .null || value == .text("") {
                        return "Missing value for required parameter '\(name)[\(index)].\(field)'."
                    }
                }
            }
            return nil
        }
    }
}

extension MessageField.Kind {
    /// The word that a value is, or whose number it is, as a text too; an empty one stands for a number that is none's.
    static func word(_ value: JSONValue, of words: [String]) -> String? {
        if let text = value.text, words.contains(text) { return text.isEmpty ? nil : text }
        guard let index = value.int64.flatMap({ Int(exactly: $0) }), words.indices.contains(index) else { return nil }
        return words[index].isEmpty ? nil : words[index]
    }

    /// Whether a value can be one of this kind; null counts as not given.
    func accepts(_ value: JSONValue) -> Bool {
        if value == .null { return true }
        return switch self {
        case .text: value.text != nil
        case .integer: value.int64 != nil
        case .number: value.double != nil
        case .flag: value.bool != nil
        // An empty text counts as not given too.
        case .word(let words): value.text == "" || Self.word(value, of: words) != nil
        case .texts: value.array?.allSatisfy { $0.text != nil } ?? false
        case .message: value.object != nil
        case .messages: value.array?.allSatisfy { $0.object != nil } ?? false
        }
    }
}
