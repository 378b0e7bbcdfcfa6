import MLflowMeaning
import RunModel
import RunServices

/// What a search in MLflow's grammar asks of runs as they are kept here.
enum RunConditionMapping {
    /// All of the clauses together; nil for none. Throws `MLflowFault` in MLflow's words.
    static func condition(_ filter: String) throws -> RunCondition? {
        let clauses: [MLflowSearchClause]
        do throws(MLflowSearchError) {
            clauses = try MLflowSearchReader(.runs).clauses(filter)
        } catch {
            throw MLflowFault.invalid(error.message)
        }
        if clauses.isEmpty { return nil }
        return .filter(try Filter(.and(clauses.map(expression))))
    }

    private static func expression(_ clause: MLflowSearchClause) -> FilterExpression {
        switch clause.kind {
        case .attribute: attribute(clause)
        case .metric: compare(.metric(clause.key), clause)
        case .parameter: compare(.param(clause.key), clause)
        case .dataset:
            FilterKey.DatasetField(rawValue: clause.key).map { compare(.dataset($0), clause) } ?? .or([])
        case .tag: tag(clause)
        }
    }

    private static func attribute(_ clause: MLflowSearchClause) -> FilterExpression {
        switch clause.key {
        case "status": status(clause)
        case "run_name": compare(.name, clause)
        case "run_id": compare(.id, clause)
        case "user_id": compare(.user, clause)
        case "artifact_uri": artifacts(clause)
        case "end_time": compare(.ended, clause)
        default: start(clause)
        }
    }

    /// A run that has not started is told of with the time at which it was created.
    private static func start(_ clause: MLflowSearchClause) -> FilterExpression {
        .or([
            compare(.started, clause),
            .and([.comparison(FilterComparison(.started, .isNull, [])), compare(.created, clause)]),
        ])
    }

    /// Only a place that a client named is written down; that of the others follows from their ids, so that it is compared
    /// with those left open: with one run's whole address, or with what all addresses have in common.
    private static func artifacts(_ clause: MLflowSearchClause) -> FilterExpression {
        let isOurs = FilterExpression.comparison(FilterComparison(.artifactURI, .isNull, []))
        var passing = FilterExpression.or([])
        if case .text(let address) = clause.value, clause.comparator == "=" || clause.comparator == "!=" {
            let parts = (ArtifactAddress.path(address) ?? "").split(separator: "/").map(String.init)
            let named = FilterExpression.and([
                .comparison(FilterComparison(.experiment, .equal, [.text(parts.first ?? "")])),
                .comparison(FilterComparison(.id, .equal, [.text(parts.count == 3 ? parts[1] : "")])),
            ])
            passing = clause.comparator == "=" ? named : .not(named)
        } else if passes(ArtifactAddress.common, clause) {
            passing = .and([])
        }
        return .or([compare(.artifactURI, clause), .and([isOurs, passing])])
    }

    /// Statuses that MLflow has no word for count as what they are told as.
    private static func status(_ clause: MLflowSearchClause) -> FilterExpression {
        let passing = RunStatus.known.filter { status in
            passes(MLflowMapping.word(for: status), clause)
        }
        if passing.isEmpty { return .or([]) }
        return .comparison(FilterComparison(.status, .isIn, passing.map { .text($0.word) }))
    }

    private static func passes(_ word: String, _ clause: MLflowSearchClause) -> Bool {
        // The language's own comparison, asked of a run with that name.
        let sample = Run(
            id: RunID(""), experimentID: ExperimentID(""), name: word, status: .running,
            createdAt: Timestamp(milliseconds: 0))
        let filter = try? Filter(compare(.name, clause))
        return filter?.matches(sample, at: Timestamp(milliseconds: 0)) ?? false
    }

    /// Some tags of MLflow's are facts of a run here, whoever made it.
    private static func tag(_ clause: MLflowSearchClause) -> FilterExpression {
        switch clause.key {
        case MLflowTag.runName: compare(.name, clause)
        case MLflowTag.parent: either(.parent, clause)
        case MLflowTag.user: either(.user, clause)
        case _ where clause.key.hasPrefix(MLflowTag.propertyPrefix):
            compare(.property(String(clause.key.dropFirst(MLflowTag.propertyPrefix.count))), clause)
        default: compare(.tag(clause.key), clause)
        }
    }

    /// Both must be missing for `IS NULL`; else the fact counts where there is one, and the tag where there is none.
    private static func either(_ key: FilterKey, _ clause: MLflowSearchClause) -> FilterExpression {
        let asTag = compare(.tag(clause.key), clause)
        if clause.comparator == "IS NULL" { return .and([compare(key, clause), asTag]) }
        let isMissing = FilterExpression.comparison(FilterComparison(key, .isNull, []))
        return .or([.and([.not(isMissing), compare(key, clause)]), .and([isMissing, asTag])])
    }

    private static func compare(_ key: FilterKey, _ clause: MLflowSearchClause) -> FilterExpression {
        let comparator = FilterComparator(rawValue: clause.comparator) ?? .equal
        return .comparison(FilterComparison(key, comparator, values(of: key, comparator, clause.value)))
    }

    private static func values(
        of key: FilterKey, _ comparator: FilterComparator, _ value: MLflowSearchClause.Value
    ) -> [FilterValue] {
        switch value {
        case .text(let text): [.text(text)]
        case .texts(let texts): texts.map { .text($0) }
        case .integer(let number): [.moment(FilterMoment(milliseconds: number))]
        case .number(let number):
            if case .metric = key { [.number(number)] } else { [.moment(moment(number, comparator))] }
        case .nothing: []
        }
    }

    /// The whole millisecond that compares as a fraction does.
    private static func moment(_ number: Double, _ comparator: FilterComparator) -> FilterMoment {
        let goesUp = comparator == .less || comparator == .greaterOrEqual
        let whole = number.rounded(goesUp ? .up : .down)
        return FilterMoment(milliseconds: Int64(exactly: whole) ?? (whole < 0 ? .min : .max))
    }
}
