import AzureMLWire
import Foundation
import HTTPTransport
import RemotePolling
import RunModel
import RunServices

/// The protocol of run history, one method per question.
struct AzureMLAPI: Sendable {
    let connection: AzureMLConnection

    /// Questions that are under way at a time where there are many alike.
    static let width = 6

    func get<Answer: Decodable>(
        _ area: AzureMLCall.Area, _ path: String, _ query: [(String, String)] = [],
        deadline: Int64 = HTTPCall.interactiveDeadline
    ) async throws(RunServiceError) -> Answer {
        var call = AzureMLCall(area, .get, path)
        call.query = query
        call.deadline = deadline
        return try decoded(try await connection.send(call))
    }

    func send<Answer: Decodable>(
        _ method: HTTPCall.Method, _ area: AzureMLCall.Area, _ path: String, _ body: some Encodable & Sendable,
        deadline: Int64 = HTTPCall.interactiveDeadline
    ) async throws(RunServiceError) -> Answer {
        try decoded(try await tell(method, area, path, body, deadline: deadline))
    }

    /// Sends what is answered by nothing of interest.
    @discardableResult
    func tell(
        _ method: HTTPCall.Method, _ area: AzureMLCall.Area, _ path: String, _ body: some Encodable & Sendable,
        deadline: Int64 = HTTPCall.interactiveDeadline
    ) async throws(RunServiceError) -> HTTPAnswer {
        var call = AzureMLCall(area, method, path)
        call.deadline = deadline
        do {
            call.body = Array(try JSONEncoder().encode(body))
        } catch {
            throw RunServiceError(.invalid, "The request cannot be written down.", underlying: "\(error)")
        }
        return try await connection.send(call)
    }

    func decoded<Answer: Decodable>(_ answer: HTTPAnswer) throws(RunServiceError) -> Answer {
        do {
            return try JSONDecoder().decode(Answer.self, from: Data(answer.body))
        } catch {
            // Python's services write numbers that JSON has not.
            let quoted = PythonJSON.quotingBareWords(answer.body)
            if quoted.count != answer.body.count,
                let value = try? JSONDecoder().decode(Answer.self, from: Data(quoted))
            {
                return value
            }
            throw connection.unreadable(answer, Self.detail(error))
        }
    }

    private static func detail(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): return "there is no `\(key.stringValue)` in it"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            let place = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
            return place.isEmpty ? "it is of another kind" : "`\(place)` is of another kind"
        default: return "it is not JSON"
        }
    }

    /// The pages of a long answer, which an error calls `subject`, in the plural.
    func pages(of subject: String, after token: String? = nil, _ progress: Pages.Progress = .init()) -> Pages {
        Pages(
            of: subject, from: "The workspace \(Shown.text(connection.address.workspace))", after: token, progress)
    }
}

/// As many at a time as a workspace is asked.
func concurrently<Item: Sendable, Answer: Sendable>(
    _ items: [Item], width: Int = AzureMLAPI.width,
    _ ask: @escaping @Sendable (Item) async throws(RunServiceError) -> Answer
) async throws(RunServiceError) -> [Answer] {
    try await ManyQuestions.answers(to: items, width: width, ask)
}
