extension FilterKey {
    /// The keys of a run itself, by every accepted name in lower case. MLflow's names are those of
    /// `RunInfo.get_searchable_attributes` and their aliases (https://mlflow.org/docs/latest/search-runs.html).
    /// Its `created` means the start; a run that came from MLflow has one moment for both.
    static let attributes: [String: FilterKey] = [
        "status": .status,
        "name": .name, "run_name": .name, "run name": .name,
        "id": .id, "run_id": .id,
        "user": .user, "user_id": .user,
        "experiment": .experiment, "experiment_id": .experiment,
        "number": .number,
        "parent": .parent,
        "root": .root,
        "created": .created,
        "started": .started, "start_time": .started,
        "ended": .ended, "end_time": .ended,
        "age": .age,
        "duration": .duration,
        "attention": .attention,
        "artifact_uri": .artifactURI,
    ]

    /// The maps of a run, by every accepted prefix in lower case.
    static let families: [String: Family] = [
        "tag": .tags, "tags": .tags,
        "param": .params, "params": .params, "parameter": .params, "parameters": .params,
        "property": .properties, "properties": .properties,
        "metric": .metrics, "metrics": .metrics,
        "attribute": .attributes, "attributes": .attributes, "attr": .attributes, "run": .attributes,
        "dataset": .datasets, "datasets": .datasets,
        "system": .system,
    ]

    enum Family: Sendable {
        case tags
        case params
        case properties
        case metrics
        case attributes
        case datasets
        /// What a run costs its machine, under short names.
        case system

        /// The key `rest` of this family; nil where the family has a fixed set of keys without it.
        func key(_ rest: String) -> FilterKey? {
            switch self {
            case .tags: .tag(rest)
            case .params: .param(rest)
            case .properties: .property(rest)
            case .metrics: .metric(rest)
            case .attributes: FilterKey.attributes[rest.lowercased()]
            case .datasets: DatasetField(rawValue: rest.lowercased()).map(FilterKey.dataset)
            case .system: SystemMetric.key(named: rest).map(FilterKey.metric)
            }
        }

        /// The key that stands for the family as a whole.
        var whole: FilterKey? {
            switch self {
            case .tags: .anyTag
            case .params: .anyParam
            case .properties: .anyProperty
            case .metrics: .anyMetric
            case .attributes, .datasets, .system: nil
            }
        }

        /// Whether its keys are such as a run may have or lack, so that one alone asks whether it is there.
        var hasEntries: Bool { whole != nil || self == .system }
    }

    /// What to say about a key that does not exist, with a near one where there is one.
    static func unknownKeyMessage(_ name: String) -> String {
        let start = "There is no key “\(name)”"
        let known: [String]
        let typed: String
        var lead = ""
        var rest = ""
        if let dot = name.firstIndex(of: ".") {
            let prefix = name[..<dot].lowercased()
            switch families[prefix] {
            case .datasets: return "\(start); a dataset has name, digest and context."
            case .system:
                let names = SystemMetric.names.map(\.name).joined(separator: ", ")
                return "\(start); what a machine tells of a run is \(names)."
            case .some:
                known = Array(attributes.keys)
                lead = String(name[...dot])
                typed = name[name.index(after: dot)...].lowercased()
            case nil:
                known = Array(families.keys)
                typed = prefix
                rest = String(name[dot...])
            }
        } else {
            known = Array(attributes.keys) + Array(families.keys)
            typed = name.lowercased()
        }
        if let near = nearest(to: typed, among: known) { return "\(start); did you mean “\(lead)\(near)\(rest)”?" }
        return "\(start); write params.\(name), metrics.\(name) or tags.\(name), or quote the text to search for it."
    }

    /// The known name that differs least, if by at most two edits and not in every letter.
    private static func nearest(to typed: String, among known: [String]) -> String? {
        let allowed = min(2, typed.count - 1)
        return known.map { (distance: editDistance($0, typed), name: $0) }
            .filter { $0.distance <= allowed }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// Insertions, deletions, substitutions and swaps of neighbours.
    private static func editDistance(_ left: String, _ right: String) -> Int {
        // A key of this language is short; a long one is not a slip of the finger.
        guard abs(left.utf8.count - right.utf8.count) <= 2 else { return .max }
        let (left, right) = (Array(left), Array(right))
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var best = min(last[j] + (left[i] == right[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, beforeLast[j - 1] + 1)
                }
                row.append(best)
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}
