/// An answer with a list in it. Servers leave out what is empty, so `{}` is an empty list.
protocol WireList {
    /// The names that such an answer may hold.
    static var names: [String] { get }
}

extension WireList {
    /// Throws for an object that says something else, such as an error with the status of a good answer: taken for an
    /// empty list, it would look as if there were nothing.
    static func check(_ decoder: any Decoder) throws {
        let found = try decoder.container(keyedBy: AnyName.self).allKeys
        guard let first = found.first, !found.contains(where: { names.contains($0.stringValue) }) else { return }
        throw DecodingError.keyNotFound(
            AnyName(stringValue: names[0]),
            DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "only `\(first.stringValue)`"))
    }
}

private struct AnyName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
