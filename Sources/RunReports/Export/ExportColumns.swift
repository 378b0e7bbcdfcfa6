import Algorithms
package import RunModel

/// The columns of a spreadsheet of runs: what every run has, then each parameter, metric, property and tag that any of them
/// has. Found in one pass over the runs, used in another.
package struct ExportColumns: Sendable {
    private var params: Set<ExactText> = []
    private var metrics: Set<ExactText> = []
    private var properties: Set<ExactText> = []
    private var tags: Set<ExactText> = []

    /// Nothing seen yet.
    package init() {}

    /// Takes note of what a run has.
    package mutating func note(_ run: Run) {
        for entry in run.params.entries { params.insert(ExactText(entry.key)) }
        for entry in run.metrics.entries { metrics.insert(ExactText(entry.key)) }
        for entry in run.properties.entries { properties.insert(ExactText(entry.key)) }
        for entry in chain(run.shownTags.entries, run.machineTags.entries) { tags.insert(ExactText(entry.key)) }
    }

    /// In their order; by their keys those of one family: `params.lr`, `metrics.loss`.
    package var columns: [RunColumn] {
        let attributes: [RunColumn.Attribute] = [
            .id, .name, .status, .experiment, .experimentID, .number, .user, .parent, .root, .created, .started, .ended,
            .duration, .error, .description,
        ]
        return attributes.map { RunColumn($0) } + Self.family("params", params) { .param($0) }
            + Self.family("metrics", metrics.filter { !SystemMetric.isOne($0.text) }) { .metric($0, .last) }
            + Self.family("properties", properties) { .property($0) } + Self.family("tags", tags) { .tag($0) }
            + Self.family("metrics", metrics.filter { SystemMetric.isOne($0.text) }) { .metric($0, .last) }
    }

    private static func family(
        _ name: String, _ keys: Set<ExactText>, _ source: (String) -> RunColumn.Source
    ) -> [RunColumn] {
        keys.sorted().map { RunColumn(source($0.text), title: "\(name).\($0.text)") }
    }
}
