import HTTPTypes
import Hummingbird
import MLflowWire
import RunModel
import RunServices

/// What the endpoints of MLflow's protocol do, one file for each resource.
struct MLflowEndpoints: Sendable {
    let service: any HostedRunService
    let isSecure: Bool

    /// Everything below `/api/2.0/mlflow/`.
    var tracking: [MLflowEndpoint] {
        experiments + runs + runSearch + metrics + metricHistory + artifacts + inputs + loggedModels
    }

    /// What most changes are answered with.
    static let nothing = Response.json(Array("{}".utf8))

    /// A message with one part.
    static func answer(_ name: StaticString, _ part: some WireWriting) -> Response {
        var json = JSONWriter(capacity: 2_048)
        json.object {
            $0.name(name)
            part.write(to: &$0)
        }
        return .json(json.bytes)
    }

    /// A page of parts, with what asks for the next one.
    static func page<Part: WireWriting>(_ name: StaticString, _ parts: [Part], next: PageToken?) -> Response {
        var json = JSONWriter(capacity: 4_096)
        json.object {
            $0.field(name, parts) { $1.write(to: &$0) }
            $0.field("next_page_token", next.map(WireToken.encode))
        }
        return .json(json.bytes)
    }
}
