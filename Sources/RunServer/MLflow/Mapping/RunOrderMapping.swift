import MLflowMeaning
import RunModel
import RunServices

/// What runs are ordered by, in MLflow's words and in ours.
enum RunOrderMapping {
    /// Throws `MLflowFault` in MLflow's words.
    static func orders(_ texts: [String]) throws(MLflowFault) -> [RunOrder] {
        do throws(MLflowSearchError) {
            var orders: [RunOrder] = []
            for order in try MLflowSearchReader(.runs).orders(texts) { orders += try self.orders(order) }
            return orders
        } catch {
            throw .invalid(error.message)
        }
    }

    private static func orders(_ order: MLflowSearchOrder) throws(MLflowSearchError) -> [RunOrder] {
        let keys: [RunOrder.Key] =
            switch order.kind {
            case .metric: [.metric(order.key)]
            case .parameter: [.param(order.key)]
            case .tag: [tag(order.key)]
            // An address that is not written down ends in the run's id.
            case .attribute where order.key == "artifact_uri": [.artifactURI, .id]
            case .attribute: [attribute(order.key)]
            case .dataset: throw MLflowSearchError("Invalid identifier type 'dataset'")
            }
        return keys.map { RunOrder($0, isDescending: order.isDescending) }
    }

    private static func attribute(_ key: String) -> RunOrder.Key {
        switch key {
        case "status": .status(ranks)
        case "run_name": .name
        case "run_id": .id
        case "user_id": .user
        case "end_time": .ended
        default: .started
        }
    }

    private static func tag(_ key: String) -> RunOrder.Key {
        if key == MLflowTag.runName { return .name }
        guard key.hasPrefix(MLflowTag.propertyPrefix) else { return .tag(key) }
        return .property(String(key.dropFirst(MLflowTag.propertyPrefix.count)))
    }

    /// By MLflow's words, from A to Z.
    private static let ranks: [RunStatus: Int] = {
        let words = ["FAILED", "FINISHED", "KILLED", "RUNNING", "SCHEDULED"]
        let ranks = RunStatus.known.compactMap { status in
            words.firstIndex(of: MLflowMapping.word(for: status)).map { (status, $0) }
        }
        return Dictionary(uniqueKeysWithValues: ranks)
    }()
}
