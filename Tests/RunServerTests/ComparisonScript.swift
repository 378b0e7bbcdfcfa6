import Foundation
import TestSupport

/// Requests as data (`Tests/Fixtures/mlflow_comparison.json`), which any server of MLflow's protocol can be asked.
///
/// `{name}` stands for what an earlier answer had (`keep`), `{unique}` for a name of this replay's own, `{x*9}` for nine
/// times x, and `{"times": n, "of": …}` for n of the same, in which `{#}` counts. Of what is `brief` only names are compared, and of what
/// is made `aside` only that it is made.
struct ComparisonScript {
    struct Answer {
        let request: String
        let status: Int
        /// With the names instead of what they stand for, and what has no order sorted.
        let content: Any
    }

    private let scenarios: [(name: String, steps: [[String: Any]])]

    init() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: MLflowPython.fixture("mlflow_comparison.json")))
        let list = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
        scenarios = list.map { ($0["name"] as? String ?? "", $0["steps"] as? [[String: Any]] ?? []) }
    }

    /// What the server on a port of loopback answers to all of them.
    func replay(on port: Int) async throws -> [Answer] {
        var answers: [Answer] = []
        for scenario in scenarios {
            var names = ["unique": "u" + UUID().uuidString.lowercased().replacing("-", with: "")]
            for step in scenario.steps {
                let answer = try await Self.ask(step, names, port)
                let json = (try? JSONSerialization.jsonObject(with: Data(answer.body))) ?? answer.text
                for (name, path) in step["keep"] as? [String: String] ?? [:] {
                    names[name] = Self.value(at: path, in: json) as? String ?? "missing"
                }
                var told = step["brief"] == nil ? json : Self.brief(json)
                // Made and not kept: what nobody can name again differs in everything that is random.
                if step["aside"] != nil, answer.status == 200 { told = [String: Any]() }
                answers.append(
                    Answer(
                        request: "\(scenario.name): \(Self.shown(step))", status: answer.status,
                        content: ComparisonValue.normal(told, names)))
            }
        }
        return answers
    }

    private static func ask(_ step: [String: Any], _ names: [String: String], _ port: Int) async throws -> RawAnswer {
        guard let method = ["get", "post", "put", "patch", "delete"].first(where: { step[$0] != nil }) else {
            throw CocoaError(.coderReadCorrupt)
        }
        var path = ComparisonValue.filled(step[method] as? String ?? "", names) as? String ?? ""
        if !path.hasPrefix("/") { path = "/api/2.0/mlflow/" + path }
        if let query = step["query"] as? [String: Any] {
            path += "?" + Self.query(ComparisonValue.filled(query, names) as? [String: Any] ?? [:])
        }
        var body: [UInt8]?
        var headers: [(String, String)] = []
        if let given = step["body"] {
            body = Array(try JSONSerialization.data(withJSONObject: ComparisonValue.filled(given, names)))
        } else if let text = step["text"] as? String {
            body = Array(text.replacing("{unique}", with: names["unique"] ?? "").utf8)
            headers = [
                ("Content-Type", step["type"] as? String ?? (method == "post" ? "application/json" : "text/plain"))
            ]
        }
        return try await RawConnection.ask(port, method.uppercased(), path, body, headers)
    }

    private static func query(_ items: [String: Any]) -> String {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        return items.sorted { $0.key < $1.key }.flatMap { name, value in
            (value as? [String] ?? [value as? String ?? ""]).map {
                "\(name)=\($0.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
            }
        }.joined(separator: "&")
    }

    private static func value(at path: String, in json: Any) -> Any? {
        path.split(separator: ".").reduce(json as Any?) { ($0 as? [String: Any])?[String($1)] }
    }

    /// The names of runs or models alone, in their order.
    private static func brief(_ json: Any) -> Any {
        guard let object = json as? [String: Any], let found = (object["runs"] ?? object["models"]) as? [[String: Any]]
        else { return json }
        let names = found.compactMap {
            value(at: object["runs"] == nil ? "info.name" : "info.run_name", in: $0) as? String
        }
        return ["order": names.joined(separator: " "), "more": object["next_page_token"] != nil ? "yes" : "no"]
    }

    private static func shown(_ step: [String: Any]) -> String {
        let data = try? JSONSerialization.data(withJSONObject: step, options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
}
