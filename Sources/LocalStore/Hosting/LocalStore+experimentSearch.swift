import RunModel
package import RunServices

extension LocalStore {
    /// Looks at all experiments, which are few beside their runs.
    package func experiments(
        _ search: ExperimentSearch
    ) async throws(RunServiceError) -> Page<HostedExperiment> {
        let order = SearchToken.digest("experiments \(search.order)")
        let token = try search.page.map { page throws(RunServiceError) in
            try SearchToken(page, order: order, count: search.order.count + 2)
        }
        let all = try await connections.search { db in try db.hostedExperiments().map(\.experiment) }
        let descending = search.order.map(\.isDescending) + [true, false]
        var found: [(experiment: HostedExperiment, place: [SearchValue])] = []
        for experiment in all where search.isAbout(experiment) {
            let place = search.place(of: experiment)
            if let token, !SearchOrder.isInOrder(token.values, place, descending: descending) { continue }
            found.append((experiment, place))
        }
        found.sort { SearchOrder.isInOrder($0.place, $1.place, descending: descending) }
        let page = found.prefix(max(0, search.limit))
        let next = found.count > page.count ? page.last.map { SearchToken(order: order, values: $0.place).token } : nil
        return Page(page.map(\.experiment), next: next)
    }
}

extension ExperimentSearch {
    fileprivate func isAbout(_ experiment: HostedExperiment) -> Bool {
        switch (view, experiment.stage) {
        case (.active, .deleted), (.deleted, .active): false
        default: condition?.holds(for: experiment) ?? true
        }
    }

    /// The values that decide, then what decides between the rest.
    fileprivate func place(of experiment: HostedExperiment) -> [SearchValue] {
        order.map { experiment.value($0.key) } + [experiment.value(.created), experiment.value(.id)]
    }
}

extension HostedExperiment {
    fileprivate func value(_ key: ExperimentOrder.Key) -> SearchValue {
        switch key {
        case .name: .text(name)
        // Numbers in their own order, and before the texts of older ones.
        case .id: Int64(id.text).map { .number($0) } ?? .text(id.text)
        case .created: .number(createdAt.milliseconds)
        case .updated: .number(updatedAt.milliseconds)
        }
    }
}

extension ExperimentCondition {
    fileprivate func holds(for experiment: HostedExperiment) -> Bool {
        switch self {
        case .and(let parts): parts.allSatisfy { $0.holds(for: experiment) }
        case .or(let parts): parts.contains { $0.holds(for: experiment) }
        case .not(let part): !part.holds(for: experiment)
        case .name(let comparator, let values): comparator.holds(for: experiment.name, values)
        case .id(let comparator, let values): comparator.holds(for: experiment.id.text, values)
        case .created(let comparator, let value):
            comparator.holds(for: Double(experiment.createdAt.milliseconds), Double(value))
        case .updated(let comparator, let value):
            comparator.holds(for: Double(experiment.updatedAt.milliseconds), Double(value))
        case .tag(let key, .isNull, _): !experiment.tags.contains(key)
        case .tag(let key, .isNotNull, _): experiment.tags.contains(key)
        case .tag(let key, let comparator, let values):
            comparator.holds(for: experiment.tags.value(forKey: key).map { $0 ?? "" }, values)
        }
    }
}
