/// A point of a metric; `run_id` is told only where one answer holds several runs.
package struct WireMetric: Codable, Sendable, Equatable {
    /// The metric's name.
    package var key: String
    /// May be NaN or infinite.
    package var value: Double
    /// Milliseconds since 1970.
    package var timestamp: Int64
    /// Any number that a client gave; 0 where none was told.
    package var step: Int64
    /// Nil where the answer is about one run.
    package var runID: String?
    /// The logged model that was measured, and the data it was measured on; nil where none was told.
    package var modelID: String?
    /// Of the data that a model was measured on.
    package var datasetName: String?
    /// Of the data that a model was measured on.
    package var datasetDigest: String?

    /// A point with its time in milliseconds since 1970.
    package init(key: String, value: Double, timestamp: Int64, step: Int64, runID: String? = nil) {
        self.key = key
        self.value = value
        self.timestamp = timestamp
        self.step = step
        self.runID = runID
    }

    private enum CodingKeys: String, CodingKey {
        case key, value, timestamp, step
        case runID = "run_id"
        case modelID = "model_id"
        case datasetName = "dataset_name"
        case datasetDigest = "dataset_digest"
    }

    /// Numbers may be strings; what is left out is 0, as proto3 has it.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        key = try container.decode(String.self, forKey: .key)
        value = try container.decodeIfPresent(LenientDouble.self, forKey: .value)?.value ?? 0
        timestamp = try container.decodeIfPresent(LenientInteger.self, forKey: .timestamp)?.value ?? 0
        step = try container.decodeIfPresent(LenientInteger.self, forKey: .step)?.value ?? 0
        runID = try container.decodeIfPresent(String.self, forKey: .runID)
        modelID = try container.decodeIfPresent(String.self, forKey: .modelID)
        datasetName = try container.decodeIfPresent(String.self, forKey: .datasetName)
        datasetDigest = try container.decodeIfPresent(String.self, forKey: .datasetDigest)
    }

    /// NaN and infinities as strings.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(key, forKey: .key)
        try container.encode(LenientDouble(value), forKey: .value)
        try container.encode(timestamp, forKey: .timestamp)
        try container.encode(step, forKey: .step)
        try container.encodeIfPresent(runID, forKey: .runID)
        try container.encodeIfPresent(modelID, forKey: .modelID)
        try container.encodeIfPresent(datasetName, forKey: .datasetName)
        try container.encodeIfPresent(datasetDigest, forKey: .datasetDigest)
    }
}
