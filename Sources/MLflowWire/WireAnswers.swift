/// `experiments/search`.
package struct WireExperimentList: Codable, Sendable, Equatable {
    package var experiments: [WireExperiment]?
    package var nextPageToken: String?

    private enum CodingKeys: String, CodingKey {
        case experiments
        case nextPageToken = "next_page_token"
    }
}

/// `experiments/get` and `experiments/get-by-name`.
package struct WireExperimentAnswer: Codable, Sendable, Equatable {
    package var experiment: WireExperiment
}

/// `experiments/create`.
package struct WireCreatedExperiment: Codable, Sendable, Equatable {
    package var experimentID: String

    private enum CodingKeys: String, CodingKey { case experimentID = "experiment_id" }
}

/// `runs/search`.
package struct WireRunList: Codable, Sendable, Equatable {
    package var runs: [WireRun]?
    package var nextPageToken: String?

    package init(runs: [WireRun]?, nextPageToken: String?) {
        self.runs = runs
        self.nextPageToken = nextPageToken
    }

    private enum CodingKeys: String, CodingKey {
        case runs
        case nextPageToken = "next_page_token"
    }
}

/// `runs/get` and `runs/create`.
package struct WireRunAnswer: Codable, Sendable, Equatable {
    package var run: WireRun
}

/// `metrics/get-history` and `metrics/get-history-bulk-interval`.
package struct WireMetricList: Codable, Sendable, Equatable {
    package var metrics: [WireMetric]?
    package var nextPageToken: String?

    private enum CodingKeys: String, CodingKey {
        case metrics
        case nextPageToken = "next_page_token"
    }
}

/// `artifacts/list`.
package struct WireArtifactList: Codable, Sendable, Equatable {
    package var files: [WireArtifact]?
    package var nextPageToken: String?

    private enum CodingKeys: String, CodingKey {
        case files
        case nextPageToken = "next_page_token"
    }
}

package struct WireArtifact: Codable, Sendable, Equatable {
    package var path: String
    package var isDirectory: Bool?
    /// Bytes.
    package var size: LenientInteger?

    private enum CodingKeys: String, CodingKey {
        case path
        case isDirectory = "is_dir"
        case size = "file_size"
    }
}

/// `/api/3.0/mlflow/server-info`, from 3.10 on.
package struct WireServerInfo: Codable, Sendable, Equatable {
    package var workspacesEnabled: Bool?

    private enum CodingKeys: String, CodingKey { case workspacesEnabled = "workspaces_enabled" }
}

/// What answers with a status of 400 and above.
package struct WireError: Codable, Sendable, Equatable {
    package var errorCode: String
    package var message: String?

    private enum CodingKeys: String, CodingKey {
        case errorCode = "error_code"
        case message
    }
}

/// `{}`, or whatever else an answer says that nobody needs.
package struct WireNothing: Codable, Sendable, Equatable {
    package init() {}
}
