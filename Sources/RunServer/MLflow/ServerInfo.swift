import Hummingbird
import MLflowWire
import RunServices

/// What the server says of itself to clients that ask before they begin (`/api/3.0/mlflow/server-info`).
enum ServerInfo {
    static var answer: Response {
        var json = JSONWriter()
        json.object {
            $0.field("store_type", "SqlStore")
            $0.field("workspaces_enabled", false)
            $0.field("trace_archival_enabled", false)
            // One stream is as fast here, and parts would come without the client's certificates and token. Who sets
            // MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD is served all the same.
            $0.field("multipart_uploads_enabled", false)
            $0.field("multipart_downloads_enabled", false)
            $0.field("presigned_upload_run_id_supported", false)
            $0.field("presigned_upload_model_id_supported", false)
            $0.name("runwatch")
            $0.object { $0.field("protocol", Int64(RemoteCall.version)) }
            $0.name("features_enabled")
            $0.object { $0.field("gateway", false) }
        }
        return .json(json.bytes)
    }
}
