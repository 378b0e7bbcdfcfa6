package import RunModel
package import RunServices

/// A queue that a command waits in before it is started.
package struct QueueRequest: Sendable {
    /// The queue's name.
    package var name: String
    /// What the command takes of it.
    package var demand: QueueDemand
    /// The GPUs that it may get, as the driver counts; empty where it wants none.
    package var visibleGPUs: [Int]
    /// Where this host's queues are.
    package var directory: QueueDirectory

    /// A wish for a share of a queue.
    package init(
        name: String, demand: QueueDemand = QueueDemand(), visibleGPUs: [Int] = [],
        directory: QueueDirectory = .standard
    ) {
        self.name = name
        self.demand = demand
        self.visibleGPUs = visibleGPUs
        self.directory = directory
    }

    /// Throws what would keep it waiting for ever: more than the queue has, or a share that the run which it would be a
    /// part of holds.
    package func check(outerRun: RunID?) throws(RunServiceError) {
        let order = try directory.read()
        let capacity = order.capacity(of: name)
        if demand.slots > capacity, capacity > 0 {
            throw RunServiceError(
                .invalid,
                "Queue \(name) has \(Counted.text(capacity, "slot")), and this takes \(demand.slots); "
                    + "`runwatch queue \(name) --slots \(demand.slots)` gives it as many.")
        }
        if demand.gpus > visibleGPUs.count {
            throw RunServiceError(
                .invalid,
                "There \(visibleGPUs.count == 1 ? "is" : "are") \(Counted.text(visibleGPUs.count, "GPU")) to get here, and "
                    + "this takes \(demand.gpus).")
        }
        guard let outerRun,
            let outer = order.members.first(where: { $0.place.run == outerRun && $0.condition != .gone })?
                .place, outer.grantedAt != nil
        else { return }
        let lacksSlots = outer.queue == name && demand.slots + outer.demand.slots > capacity
        let lacksGPUs = demand.gpus > visibleGPUs.count(where: { !outer.gpus.contains($0) })
        if lacksSlots || lacksGPUs && demand.gpus > 0 {
            throw RunServiceError(
                .invalid,
                "This would wait for what the run has that it is a part of (\(outer.demand.text) of queue "
                    + "\(outer.queue)); start it without --queue, or use another queue.")
        }
    }
}
