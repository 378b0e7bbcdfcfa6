/// `experiments/search`.
package struct WireExperimentList: Codable, Sendable, Equatable, WireList {
    /// Nil for none.
    package var experiments: [WireExperiment]?
    /// Asks for the next page; nil or empty on the last one.
    package var nextPageToken: String?

    private enum CodingKeys: String, CodingKey {
        case experiments
        case nextPageToken = "next_page_token"
    }

    static let names = ["experiments", "next_page_token"]

    /// Throws for an object that is no such list.
    package init(from decoder: any Decoder) throws {
        try Self.check(decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        experiments = try container.decodeIfPresent([WireExperiment].self, forKey: .experiments)
        nextPageToken = try container.decodeIfPresent(String.self, forKey: .nextPageToken)
    }
}

/// `experiments/get` and `experiments/get-by-name`.
package struct WireExperimentAnswer: Codable, Sendable, Equatable {
    /// The experiment asked for.
    package var experiment: WireExperiment
}

/// `experiments/create`.
package struct WireCreatedExperiment: Codable, Sendable, Equatable {
    /// Of the experiment that was made.
    package var experimentID: String

    private enum CodingKeys: String, CodingKey { case experimentID = "experiment_id" }
}

/// `runs/search`.
package struct WireRunList: Codable, Sendable, Equatable, WireList {
    /// Nil for none.
    package var runs: [WireRun]?
    /// Asks for the next page; nil or empty on the last one.
    package var nextPageToken: String?

    /// One page of runs.
    package init(runs: [WireRun]?, nextPageToken: String?) {
        self.runs = runs
        self.nextPageToken = nextPageToken
    }

    private enum CodingKeys: String, CodingKey {
        case runs
        case nextPageToken = "next_page_token"
    }

    static let names = ["runs", "next_page_token"]

    /// Throws for an object that is no such list.
    package init(from decoder: any Decoder) throws {
        try Self.check(decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        runs = try container.decodeIfPresent([WireRun].self, forKey: .runs)
        nextPageToken = try container.decodeIfPresent(String.self, forKey: .nextPageToken)
    }
}

/// `runs/get` and `runs/create`.
package struct WireRunAnswer: Codable, Sendable, Equatable {
    /// The run as it is now.
    package var run: WireRun

    /// An answer that holds `run`.
    package init(run: WireRun) { self.run = run }
}

/// `metrics/get-history` and `metrics/get-history-bulk-interval`.
package struct WireMetricList: Codable, Sendable, Equatable, WireList {
    /// Nil for none.
    package var metrics: [WireMetric]?
    /// Asks for the next page; nil or empty on the last one.
    package var nextPageToken: String?

    private enum CodingKeys: String, CodingKey {
        case metrics
        case nextPageToken = "next_page_token"
    }

    static let names = ["metrics", "next_page_token"]

    /// A page of points; nil stands for what an answer leaves out.
    package init(metrics: [WireMetric]?, nextPageToken: String?) {
        self.metrics = metrics
        self.nextPageToken = nextPageToken
    }

    /// Throws for an object that is no such list.
    package init(from decoder: any Decoder) throws {
        try Self.check(decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        metrics = try container.decodeIfPresent([WireMetric].self, forKey: .metrics)
        nextPageToken = try container.decodeIfPresent(String.self, forKey: .nextPageToken)
    }
}

/// `artifacts/list`.
package struct WireArtifactList: Codable, Sendable, Equatable, WireList {
    /// Nil for none.
    package var files: [WireArtifact]?
    /// Asks for the next page; nil or empty on the last one.
    package var nextPageToken: String?

    private enum CodingKeys: String, CodingKey {
        case files
        case nextPageToken = "next_page_token"
    }

    static let names = ["files", "next_page_token", "root_uri"]

    /// Throws for an object that is no such list.
    package init(from decoder: any Decoder) throws {
        try Self.check(decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        files = try container.decodeIfPresent([WireArtifact].self, forKey: .files)
        nextPageToken = try container.decodeIfPresent(String.self, forKey: .nextPageToken)
    }
}

/// A file or directory among the artifacts of a run.
package struct WireArtifact: Codable, Sendable, Equatable {
    /// Relative to the run's artifacts.
    package var path: String
    /// Nil counts as false.
    package var isDirectory: Bool?
    /// Bytes.
    package var size: LenientInteger?

    /// A file or directory among artifacts.
    package init(path: String, isDirectory: Bool?, size: Int64?) {
        self.path = path
        self.isDirectory = isDirectory
        self.size = size.map(LenientInteger.init)
    }

    private enum CodingKeys: String, CodingKey {
        case path
        case isDirectory = "is_dir"
        case size = "file_size"
    }
}

/// `/api/3.0/mlflow/server-info`, from 3.10 on.
package struct WireServerInfo: Codable, Sendable, Equatable {
    /// Whether runs belong to workspaces; nil counts as false.
    package var workspacesEnabled: Bool?
    /// What `runwatch serve` offers beyond MLflow's protocol; nil from every other server.
    package var runwatch: WireRunwatchInfo?

    private enum CodingKeys: String, CodingKey {
        case workspacesEnabled = "workspaces_enabled"
        case runwatch
    }
}

/// What `runwatch serve` says of itself in `server-info`.
package struct WireRunwatchInfo: Codable, Sendable, Equatable {
    /// Of the calls that one runwatch sends to another.
    package var protocolVersion: Int

    private enum CodingKeys: String, CodingKey { case protocolVersion = "protocol" }
}

/// What answers with a status of 400 and above.
package struct WireError: Codable, Sendable, Equatable {
    /// Such as `RESOURCE_DOES_NOT_EXIST`.
    package var errorCode: String
    /// The server's own words; untrusted text.
    package var message: String?

    private enum CodingKeys: String, CodingKey {
        case errorCode = "error_code"
        case message
    }
}

/// `{}`, or an answer of which nothing is needed.
package struct WireNothing: Codable, Sendable, Equatable {
    /// The answer of a call that tells nothing.
    package init() {}
}
