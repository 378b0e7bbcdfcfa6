import RunModel

extension World {
    var experiments: [Experiment] {
        var byID: [ExperimentID: Experiment] = [:]
        for run in runs.values {
            byID[
                run.experimentID,
                default: Experiment(id: run.experimentID, name: run.experimentName, createdAt: Clock.start)
            ].counts.add(1, of: run.status)
        }
        return byID.values.sorted { $0.id < $1.id }
    }
}
