import Foundation
import RunServices

/// What a server answered, unread.
package struct RawAnswer: Sendable {
    /// Of HTTP.
    package var status: Int
    /// In their order, as they came.
    package var headers: [(name: String, value: String)]
    /// All of it.
    package var body: [UInt8] = []

    init(head: String) throws {
        let lines = head.components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else {
            throw RunServiceError(.unexpectedResponse, "This is no head of an answer: \(head)")
        }
        self.status = status
        headers = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (String(line[..<colon]), value)
        }
    }

    /// Nil for a header that is not there; letter case does not matter.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a JSON object; empty where it is none.
    package var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) ?? [:]
    }

    /// What an error of MLflow's says: its code and its words.
    package var fault: (code: String, message: String) {
        (object["error_code"] as? String ?? "", object["message"] as? String ?? "")
    }
}
