import GRDB
import RunModel
import RunServices
import SQLiteStatements

extension Database {
    /// Throws `notFound`, for a deleted one too.
    func modelKey(_ id: String) throws -> Int64 {
        let sql = "SELECT pk FROM logged_models WHERE id = ? AND deleted_at IS NULL"
        if let key = try integer(sql, [.text(id)]) { return key }
        throw RunServiceError(.notFound, "There is no logged model \(Shown.text(id)); check its id.")
    }

    /// The models with these keys, in this order.
    func models(_ keys: [Int64]) throws -> [LoggedModel] {
        var models: [LoggedModel] = []
        var places: [Int64: Int] = [:]
        try forEachRow(
            """
            SELECT logged_models.pk, logged_models.id, experiments.id, logged_models.name, source_run, status, status_message, model_type,
                artifact_uri, logged_models.created_at, logged_models.updated_at
            FROM json_each(?) AS page CROSS JOIN logged_models ON logged_models.pk = page.value
            JOIN experiments ON experiments.pk = experiment_pk
            """, [keys.json]
        ) { row in
            places[row.integer(0)] = models.count
            models.append(
                LoggedModel(
                    id: row.text(1), experimentID: ExperimentID(row.text(2)), name: row.text(3),
                    sourceRunID: row.optionalText(4).map { RunID($0) },
                    status: LoggedModel.Status(rawValue: row.text(5)) ?? .pending,
                    statusMessage: row.optionalText(6), modelType: row.text(7), artifactURI: row.optionalText(8),
                    createdAt: Timestamp(milliseconds: row.integer(9)),
                    updatedAt: Timestamp(milliseconds: row.integer(10))))
            return true
        }
        try readParts(of: &models, places, keys)
        return models
    }

    private func readParts(of models: inout [LoggedModel], _ places: [Int64: Int], _ keys: [Int64]) throws {
        let page = "FROM json_each(?) AS page CROSS JOIN"
        try forEachRow(
            "SELECT model_pk, part.key, part.value \(page) model_tags AS part ON model_pk = page.value", [keys.json]
        ) {
            if let place = places[$0.integer(0)] { models[place].tags.set($0.optionalText(2), forKey: $0.text(1)) }
            return true
        }
        try forEachRow(
            "SELECT model_pk, part.key, part.value \(page) model_params AS part ON model_pk = page.value", [keys.json]
        ) {
            if let place = places[$0.integer(0)] { models[place].params.set($0.text(2), forKey: $0.text(1)) }
            return true
        }
        let metrics = """
            SELECT model_pk, part.key, part.value, step, timestamp, dataset_name, dataset_digest, runs.id, models.id
            \(page) model_metrics AS part ON model_pk = page.value
            JOIN runs ON runs.pk = part.run_pk JOIN logged_models AS models ON models.pk = model_pk
            """
        try forEachRow(metrics, [keys.json]) { row in
            guard let place = places[row.integer(0)] else { return true }
            let point = MetricPoint(
                step: row.integer(3), timestamp: Timestamp(milliseconds: row.integer(4)),
                value: StoredMetricValue.decode(row, 2))
            let (name, digest) = (row.text(5), row.text(6))
            models[place].metrics.append(
                ModelMetric(
                    modelID: row.text(8), key: row.text(1), point: point, datasetName: name.isEmpty ? nil : name,
                    datasetDigest: digest.isEmpty ? nil : digest, runID: RunID(row.text(7))))
            return true
        }
    }

    /// A point that a run measured for a model: the newest for each data set and run is kept.
    func add(_ metric: ModelMetric, from key: Int64) throws {
        let model = try modelKey(metric.modelID)
        try Validation.check(metric.key, "metric key")
        // What NULL, which is NaN, compares as must not make the whole comparison NULL.
        try run(
            """
            INSERT INTO model_metrics VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET step = excluded.step, timestamp = excluded.timestamp, value = excluded.value
            WHERE (excluded.step, excluded.timestamp, COALESCE(excluded.value, -9e999))
                > (model_metrics.step, model_metrics.timestamp, COALESCE(model_metrics.value, -9e999))
            """,
            [
                .integer(model), .text(metric.key), .text(metric.datasetName ?? ""), .text(metric.datasetDigest ?? ""),
                .integer(key), .integer(metric.point.step), .integer(metric.point.timestamp.milliseconds),
                StoredMetricValue.encode(metric.point.value),
            ])
    }
}
