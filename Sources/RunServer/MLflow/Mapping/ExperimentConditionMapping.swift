import MLflowMeaning
import RunModel
import RunServices

/// What a search for experiments asks, in MLflow's words and in ours.
enum ExperimentConditionMapping {
    /// All of the clauses together; nil for none. Throws `MLflowFault` in MLflow's words.
    static func condition(_ filter: String) throws(MLflowFault) -> ExperimentCondition? {
        do throws(MLflowSearchError) {
            let conditions = try MLflowSearchReader(.experiments).clauses(filter).map(condition)
            return conditions.isEmpty ? nil : .and(conditions)
        } catch {
            throw .invalid(error.message)
        }
    }

    /// Throws `MLflowFault` in MLflow's words.
    static func orders(_ texts: [String]) throws(MLflowFault) -> [ExperimentOrder] {
        do throws(MLflowSearchError) {
            let reader = MLflowSearchReader(.experiments)
            var orders: [ExperimentOrder] = []
            for text in texts {
                let order = try reader.order(text)
                guard order.kind == .attribute else {
                    throw MLflowSearchError("Invalid order_by entity: \(order.kind.rawValue)")
                }
                orders.append(ExperimentOrder(key(order.key), isDescending: order.isDescending))
            }
            return orders
        } catch {
            throw .invalid(error.message)
        }
    }

    private static func key(_ name: String) -> ExperimentOrder.Key {
        switch name {
        case "name": .name
        case "experiment_id": .id
        case "creation_time": .created
        default: .updated
        }
    }

    private static func condition(_ clause: MLflowSearchClause) throws(MLflowSearchError) -> ExperimentCondition {
        let comparator = FilterComparator(rawValue: clause.comparator) ?? .equal
        if clause.kind == .tag { return .tag(clause.key, comparator, texts(clause.value)) }
        switch clause.key {
        case "name": return .name(comparator, texts(clause.value))
        case "experiment_id":
            guard [.equal, .notEqual, .isIn, .isNotIn].contains(comparator) else {
                throw MLflowSearchError("Invalid comparator for experiment_id: \(clause.comparator)")
            }
            return .id(comparator, texts(clause.value))
        default:
            guard case .integer(let time) = clause.value else {
                throw MLflowSearchError("Invalid value for numeric attribute '\(clause.key)': '\(clause.value.shown)'")
            }
            return clause.key == "creation_time" ? .created(comparator, time) : .updated(comparator, time)
        }
    }

    private static func texts(_ value: MLflowSearchClause.Value) -> [String] {
        switch value {
        case .text(let text): [text]
        case .texts(let texts): texts
        default: []
        }
    }
}

extension MLflowSearchClause.Value {
    fileprivate var shown: String {
        switch self {
        case .text(let text): text
        case .number(let number): "\(number)"
        case .integer(let number): "\(number)"
        case .texts(let texts): texts.joined(separator: ", ")
        case .nothing: ""
        }
    }
}
