import MLflowWire

/// A request that was found to be what its endpoint takes; what was not given reads as protobuf's default.
struct Message: Sendable {
    private let object: JSONObject

    /// Checks the fields in their order. Throws `MLflowFault` in MLflow's words.
    init(_ object: JSONObject, _ fields: [MessageField]) throws(MLflowFault) {
        self.object = object
        for field in fields { try Self.check(field, object[field.name] ?? Self.oldName(of: field.name, in: object)) }
    }

    private init(trusted object: JSONObject) { self.object = object }

    /// An empty text where it was not given.
    func text(_ name: String) -> String { optionalText(name) ?? "" }

    /// Nil where it was not given.
    func optionalText(_ name: String) -> String? { self[name]?.text }

    /// Nil where it was not given.
    func integer(_ name: String) -> Int64? { self[name]?.int64 }

    /// Nil where it was not given.
    func number(_ name: String) -> Double? { self[name]?.double }

    /// Nil where it was not given.
    func flag(_ name: String) -> Bool? { self[name]?.bool }

    /// Empty where they were not given.
    func texts(_ name: String) -> [String] { self[name]?.array?.compactMap(\.text) ?? [] }

    /// The word, also where its number was given.
    func word(_ name: String, of words: [String]) -> String? {
        self[name].flatMap { MessageField.Kind.word($0, of: words) }
    }

    /// Nil where it was not given.
    func message(_ name: String) -> Message? { self[name]?.object.map(Message.init(trusted:)) }

    /// Empty where they were not given.
    func messages(_ name: String) -> [Message] {
        self[name]?.array?.compactMap { $0.object.map(Message.init(trusted:)) } ?? []
    }

    /// Keys with values, in their order.
    func entries(_ name: String) -> [WireEntry] {
        messages(name).map { WireEntry(key: $0.text("key"), value: $0.text("value")) }
    }

    /// The run's id under its new or its old name.
    var runID: String {
        let id = text("run_id")
        return id.isEmpty ? text("run_uuid") : id
    }

    private subscript(name: String) -> JSONValue? { object[name].flatMap { $0 == .null ? nil : $0 } }

    /// Clients of 1.x call a run's id so.
    private static func oldName(of name: String, in object: JSONObject) -> JSONValue? {
        name == "run_id" ? object["run_uuid"] : nil
    }

    private static let hint = " See the API docs for more information about request parameters."

    private static func check(_ field: MessageField, _ given: JSONValue?) throws(MLflowFault) {
        let value = given ?? .null
        if field.isRequired, value == .null || value == .text("") {
            throw .invalid("Missing value for required parameter '\(field.name)'." + hint)
        }
        if value == .null { return }
        guard field.kind.accepts(value) else {
            let reason = " Hint: Value was of type '\(value.pythonType)'."
            throw .invalid(MLflowFault.invalidValueText(value, of: field.name, reason) + hint)
        }
        if let complaint = field.demand?(value) { throw .invalid(complaint + hint) }
        try checkParts(of: field, value)
    }

    private static func checkParts(of field: MessageField, _ value: JSONValue) throws(MLflowFault) {
        switch field.kind {
        case .message(let fields):
            for part in fields { try check(part.within(field.name), value.object?[part.name]) }
        case .messages(let fields):
            for (index, element) in (value.array ?? []).enumerated() {
                for part in fields {
                    guard let given = element.object?[part.name] else { continue }
                    if case .text(_) = given, case .text = part.kind { continue }
                    try check(part.within("\(field.name)[\(index)]"), given)
                }
            }
        default: break
        }
    }
}

extension MessageField {
    /// The same field as errors name it.
    fileprivate func within(_ path: String) -> MessageField {
        MessageField(name: "\(path).\(name)", kind: kind, isRequired: isRequired, demand: demand)
    }
}
