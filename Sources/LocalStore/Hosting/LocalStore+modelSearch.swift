import GRDB
import RunModel
package import RunServices
import SQLiteStatements

extension LocalStore {
    /// One snapshot; looks at all models of the experiments, a page of them at a time.
    package func models(_ search: LoggedModelSearch) async throws(RunServiceError) -> Page<LoggedModel> {
        let order = SearchToken.digest("models \(search.order)")
        let token = try search.page.map { page throws(RunServiceError) in
            try SearchToken(page, order: order, count: search.order.count + 2)
        }
        let descending = search.order.map(\.isDescending) + [true, false]
        var found = try await connections.search { db in
            var found: [(model: LoggedModel, place: [SearchValue])] = []
            let keys = try db.modelKeys(in: search.experiments)
            for start in stride(from: 0, to: keys.count, by: ListedRows.pageSize) {
                let part = keys[start..<min(keys.count, start + ListedRows.pageSize)]
                for model in try db.models(Array(part)) where search.isAbout(model) {
                    let place = search.place(of: model)
                    if let token, !SearchOrder.isInOrder(token.values, place, descending: descending) { continue }
                    found.append((model, place))
                }
            }
            return found
        }
        found.sort { SearchOrder.isInOrder($0.place, $1.place, descending: descending) }
        let page = found.prefix(max(0, search.limit))
        let next = found.count > page.count ? page.last.map { SearchToken(order: order, values: $0.place).token } : nil
        return Page(page.map(\.model), next: next)
    }
}

extension Database {
    fileprivate func modelKeys(in experiments: [ExperimentID]) throws -> [Int64] {
        var keys: [Int64] = []
        let sql = """
            SELECT logged_models.pk FROM json_each(?) AS wanted CROSS JOIN experiments ON experiments.id = wanted.value
            JOIN logged_models ON experiment_pk = experiments.pk WHERE logged_models.deleted_at IS NULL
            """
        try forEachRow(sql, [.text(experiments.map(\.text).json)]) {
            keys.append($0.integer(0))
            return true
        }
        return keys
    }
}

extension LoggedModelSearch {
    fileprivate func isAbout(_ model: LoggedModel) -> Bool { conditions.allSatisfy { $0.holds(for: model) } }

    /// The values that decide, then what decides between the rest.
    fileprivate func place(of model: LoggedModel) -> [SearchValue] {
        order.map { model.value($0.key) } + [.number(model.createdAt.milliseconds), .text(model.id)]
    }
}

extension LoggedModelSearch.Condition {
    fileprivate func holds(for model: LoggedModel) -> Bool {
        if case .metric(let key, let name, let digest) = key {
            // Any run's and any data set's value may be the one that is looked for.
            return model.points(of: key, name, digest).contains { holds(for: $0.value.number) }
        }
        switch model.value(key) {
        case .number(let number): return holds(for: Double(number))
        case .real(let number): return holds(for: number)
        case .text(let text): return holds(for: text)
        case .missing: return comparator == .isNull
        }
    }

    private func holds(for text: String) -> Bool {
        comparator.holds(for: text, values.compactMap { if case .text(let text) = $0 { text } else { nil } })
    }

    private func holds(for number: Double?) -> Bool {
        switch values.first {
        case .number(let value): comparator.holds(for: number, value)
        case .notANumber: number.map { $0.isNaN == (comparator == .equal) } ?? false
        default: comparator.holds(for: number, 0) && (comparator == .isNull || comparator == .isNotNull)
        }
    }
}

extension LoggedModel {
    fileprivate func points(of key: String, _ name: String?, _ digest: String?) -> [MetricPoint] {
        metrics.filter { metric in
            metric.key.isExactly(key) && (name == nil || metric.datasetName == name)
                && (digest == nil || metric.datasetDigest == digest)
        }.map(\.point)
    }

    fileprivate func value(_ key: LoggedModelSearch.Key) -> SearchValue {
        switch key {
        case .name: return .text(name)
        case .id: return .text(id)
        case .modelType: return .text(modelType)
        case .status: return .text(status.rawValue)
        case .sourceRun: return sourceRunID.map { .text($0.text) } ?? .missing
        case .created: return .number(createdAt.milliseconds)
        case .updated: return .number(updatedAt.milliseconds)
        case .param(let key): return params.value(forKey: key).map { .text($0) } ?? .missing
        case .tag(let key): return tags.value(forKey: key).map { .text($0 ?? "") } ?? .missing
        case .metric(let key, let name, let digest):
            let newest = points(of: key, name, digest).max { ($0.step, $0.timestamp) < ($1.step, $1.timestamp) }
            guard let number = newest?.value.number, !number.isNaN else { return .missing }
            return .real(number)
        }
    }
}
