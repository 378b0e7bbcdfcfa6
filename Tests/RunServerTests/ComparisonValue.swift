import Foundation

/// JSON values of the comparison: filled in before they are sent, and made comparable afterwards.
enum ComparisonValue {
    /// With names and repetitions replaced.
    static func filled(_ value: Any, _ names: [String: String], _ index: Int? = nil) -> Any {
        if let text = value as? String { return filled(text, names, index) }
        if let list = value as? [Any] { return list.map { filled($0, names, index) } }
        guard let object = value as? [String: Any] else { return value }
        if let count = object["times"] as? Int, let part = object["of"] {
            return (0..<count).map { filled(part, names, $0) }
        }
        return object.mapValues { filled($0, names, index) }
    }

    private static func filled(_ text: String, _ names: [String: String], _ index: Int?) -> Any {
        var text = text
        while let match = text.firstMatch(of: /\{(\/?\w)\*(\d+)\}/) {
            text.replaceSubrange(match.range, with: String(repeating: String(match.1), count: Int(match.2) ?? 0))
        }
        if let index { text = text.replacing("{#}", with: "\(index)") }
        for (name, value) in names { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    /// With names again for what they stood for; lists that MLflow gives in any order are sorted.
    static func normal(_ value: Any, _ names: [String: String], key: String? = nil) -> Any {
        if let text = value as? String { return normal(text, names) }
        if let list = value as? [Any] {
            let parts = list.map { normal($0, names) }
            guard ["tags", "params", "metrics", "files"].contains(key) else { return parts }
            return parts.sorted { text($0) < text($1) }
        }
        guard let object = value as? [String: Any] else { return value }
        return Dictionary(uniqueKeysWithValues: object.map { ($0.key, normal($0.value, names, key: $0.key)) })
    }

    private static func normal(_ text: String, _ names: [String: String]) -> Any {
        var text = text
        for (name, value) in names.sorted(by: { $0.value.count > $1.value.count }) where !value.isEmpty {
            // An id of one digit is in many texts by chance.
            if value.count > 8 { text = text.replacing(value, with: "{\(name)}") }
            text = text.replacing("mlflow-artifacts:/\(value)", with: "mlflow-artifacts:/{\(name)}")
            text = text.replacing("with id \(value)", with: "with id {\(name)}")
            text = text.replacing("with id=\(value) ", with: "with id={\(name)} ")
            text = text.replacing("experiment \(value) ", with: "experiment {\(name)} ")
            text = text.replacing("'\(value)/", with: "'{\(name)}/")
            if text == value { text = "{\(name)}" }
        }
        return sortedSets(in: text)
    }

    /// Python shows the members of a set in any order.
    private static func sortedSets(in text: String) -> String {
        text.replacing(/\{('[^{}]*')\}/) { match in
            "{" + match.1.split(separator: ", ").sorted().joined(separator: ", ") + "}"
        }
    }

    /// Every place where two values differ, with both.
    static func differences(_ left: Any, _ right: Any, at path: String = "") -> [(
        path: String, left: String, right: String
    )] {
        if let left = left as? [String: Any], let right = right as? [String: Any] {
            return Set(left.keys).union(right.keys).sorted().flatMap { key in
                differences(left[key] ?? "nothing", right[key] ?? "nothing", at: path.isEmpty ? key : "\(path).\(key)")
            }
        }
        if let left = left as? [Any], let right = right as? [Any], left.count == right.count {
            return zip(left, right).flatMap { differences($0, $1, at: "\(path)[]") }
        }
        let (left, right) = (text(left), text(right))
        return left == right ? [] : [(path, left, right)]
    }

    static func text(_ value: Any) -> String {
        if let text = value as? String { return text }
        guard JSONSerialization.isValidJSONObject(value),
            let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
        else { return "\(value)" }
        return String(decoding: data, as: UTF8.self)
    }
}
