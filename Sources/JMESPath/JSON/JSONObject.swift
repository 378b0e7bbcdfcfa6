/// Keys and values in the order of insertion; a key that is set again keeps its place.
package struct JSONObject: Sendable {
    private var members: [(key: String, value: JSONValue)] = []
    /// Where each key is, once there are so many that looking at each takes longer.
    private var places: [ExactKey: Int] = [:]

    private static let fewMembers = 12

    /// Without members.
    package init() {}

    /// Keys in order.
    package var keys: [String] { members.map(\.key) }
    /// Values in the order of their keys.
    package var values: [JSONValue] { members.map(\.value) }
    /// How many members there are.
    package var count: Int { members.count }
    /// Whether there are none.
    package var isEmpty: Bool { members.isEmpty }

    /// Keys with their values, in order.
    package var pairs: [(key: String, value: JSONValue)] { members }

    /// Nil for an absent key; setting nil changes nothing, since JMESPath never takes a key away.
    package subscript(key: String) -> JSONValue? {
        get { place(of: key).map { members[$0].value } }
        set {
            guard let newValue else { return }
            if let place = place(of: key) { members[place].value = newValue } else { append(key, newValue) }
        }
    }

    private func place(of key: String) -> Int? {
        if members.count > Self.fewMembers { return places[ExactKey(text: key)] }
        return members.firstIndex { $0.key.isExactly(key) }
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append((key, value))
        if members.count == Self.fewMembers + 1 {
            for (place, member) in members.enumerated() { places[ExactKey(text: member.key)] = place }
        } else if members.count > Self.fewMembers {
            places[ExactKey(text: key)] = members.count - 1
        }
    }
}
