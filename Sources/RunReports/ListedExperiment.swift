package import RunModel

/// An experiment as a listing shows it: `experimentId`, `name`, `createdUtc`, `runs`, `activeRuns` and `runsByStatus`.
package struct ListedExperiment: ListedItem {
    private let experiment: Experiment

    /// An experiment with its counts.
    package init(_ experiment: Experiment) { self.experiment = experiment }

    /// Its document.
    package func write(to sink: inout some JSONSink) {
        sink.beginObject()
        sink.member("experimentId", experiment.id.text)
        sink.member("name", experiment.name)
        sink.member("createdUtc", createdAt)
        sink.member("runs", experiment.counts.total)
        sink.member("activeRuns", experiment.counts.active)
        sink.key("runsByStatus")
        sink.beginObject()
        for (word, count) in byWord { sink.member(word, count) }
        sink.endObject()
        sink.endObject()
    }

    /// What `cells` stand below.
    package static let columns = [
        TextTable.Column("name", canShrink: true), TextTable.Column("runs", isRightAligned: true),
        TextTable.Column("active", isRightAligned: true), TextTable.Column("failed", isRightAligned: true),
        TextTable.Column("created"), TextTable.Column("id"),
    ]

    /// Its row.
    package var cells: [ColumnValue] {
        [
            .text(experiment.name), .integer(experiment.counts.total), .integer(experiment.counts.active),
            .integer(experiment.counts[.failed]), createdAt.map { .moment($0) } ?? .none, .text(experiment.id.text),
        ]
    }

    /// Services that do not tell say 1970.
    private var createdAt: Timestamp? { experiment.createdAt.milliseconds == 0 ? nil : experiment.createdAt }

    private var byWord: [(String, Int)] {
        experiment.counts.byStatus.map { ($0.key.word, $0.value) }.sorted { $0.0 < $1.0 }
    }
}
