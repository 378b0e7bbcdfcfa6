import GRDB
import RunModel
import RunServices
import SQLiteStatements

extension Database {
    /// Adds data sets and models that went in or came out to those known already.
    func addInputs(of edit: HostedRunEdit, to key: Int64) throws {
        if !edit.datasets.isEmpty {
            let experiment = try integer("SELECT experiment_pk FROM runs WHERE pk = ?", [.integer(key)])
            for input in edit.datasets { try add(input, to: key, in: experiment ?? 0) }
        }
        for (isOutput, uses) in [(Int64(0), edit.modelInputs), (1, edit.modelOutputs)] {
            for use in uses {
                try Validation.check(use.modelID, "model id")
                try run(
                    "INSERT OR REPLACE INTO model_uses VALUES (?, ?, ?, ?)",
                    [.integer(key), .integer(isOutput), .text(use.modelID), .integer(use.step)])
            }
        }
    }

    /// A data set is known by name and digest; what was said of it first stays.
    private func add(_ input: DatasetInput, to key: Int64, in experiment: Int64) throws {
        let dataset = input.dataset
        try Validation.check(dataset.name, "data set's name", limit: Validation.experimentLimit)
        try Validation.check(dataset.digest, "data set's digest")
        try run(
            """
            INSERT OR IGNORE INTO datasets (experiment_pk, name, digest, source_type, source, schema, profile)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(experiment), .text(dataset.name), .text(dataset.digest), .text(dataset.sourceType),
                .text(dataset.source), SQLValue(dataset.schema), SQLValue(dataset.profile),
            ])
        let found = try integer(
            "SELECT pk FROM datasets WHERE experiment_pk = ? AND name = ? AND digest = ?",
            [.integer(experiment), .text(dataset.name), .text(dataset.digest)])
        guard let found else { return }
        try run("INSERT OR IGNORE INTO run_datasets VALUES (?, ?)", [.integer(key), .integer(found)])
        for tag in input.tags.entries {
            try Validation.check(tag.key, "tag key")
            try run(
                "INSERT OR REPLACE INTO run_dataset_tags VALUES (?, ?, ?, ?)",
                [.integer(key), .integer(found), .text(tag.key), SQLValue(tag.value)])
        }
    }
}
