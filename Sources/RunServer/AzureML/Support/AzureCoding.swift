import AzureMLWire
import Foundation
import HTTPTypes
import Hummingbird
import RunServices

/// JSON of these protocols.
enum AzureCoding {
    /// Throws `invalid`, and says where, for bytes that are not what is expected.
    static func decoded<Body: Decodable>(
        _ type: Body.Type, from bytes: [UInt8]
    ) throws(RunServiceError) -> Body {
        do {
            return try JSONDecoder().decode(type, from: Data(PythonJSON.quotingBareWords(bytes)))
        } catch let error as DecodingError {
            throw RunServiceError(.invalid, "The request is not what this endpoint expects\(place(of: error)).")
        } catch {
            throw RunServiceError(.invalid, "The request is no JSON; send what the endpoint expects.")
        }
    }

    /// A body of an answer, or a part that is kept as it is.
    static func encoded(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Nothing of ours can fail to be written: numbers that JSON lacks are texts.
        return (try? encoder.encode(value)).map(Array.init) ?? []
    }

    /// The same as a text.
    static func text(_ value: some Encodable) -> String { String(decoding: encoded(value), as: UTF8.self) }

    /// An answer with a body.
    static func answer(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        Response.json(encoded(value), status: status)
    }

    private static func place(of error: DecodingError) -> String {
        let context: DecodingError.Context
        switch error {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
            .dataCorrupted(let found):
            context = found
        @unknown default: return ""
        }
        var path = context.codingPath.map(\.stringValue)
        if case .keyNotFound(let key, _) = error { path.append(key.stringValue) }
        let place = Shown.text(path.joined(separator: "."))
        return place.isEmpty ? "; send a JSON object" : ": look at “\(place)”"
    }
}
