import Algorithms
package import RunModel
package import RunServices

/// The runs of each experiment in the order in which a server lists them, newest start first.
package struct StartIndex: Sendable {
    private struct Place: Sendable {
        /// Milliseconds since 1970.
        var start: Int64
        var id: RunID
    }

    private var places: [ExperimentID: [Place]] = [:]

    /// Without any run.
    package init() {}

    /// Adds a run.
    package mutating func insert(_ id: RunID, start: Int64, of experiment: ExperimentID) {
        let index = Self.index(start, id, in: places[experiment] ?? [])
        places[experiment, default: []].insert(Place(start: start, id: id), at: index)
    }

    /// Takes a run away that was added with the same start.
    package mutating func remove(_ id: RunID, start: Int64, of experiment: ExperimentID) {
        let index = Self.index(start, id, in: places[experiment] ?? [])
        guard let found = places[experiment], index < found.count, found[index].id == id else { return }
        places[experiment]?.remove(at: index)
    }

    /// The runs of an experiment.
    package func all(of experiment: ExperimentID) -> [RunID] { (places[experiment] ?? []).map(\.id) }

    /// The runs of `scope` that started at that moment or later.
    package func started(from moment: Int64, in scope: RunScope) -> [RunID] {
        lists(scope).flatMap { list in list.prefix { $0.start >= moment }.map(\.id) }
    }

    /// The newest runs of `scope` that are `wanted`, up to `count`, and when they started; newest first.
    package func newest(_ count: Int, in scope: RunScope, where wanted: (RunID) -> Bool) -> [(id: RunID, start: Int64)]
    {
        var found: [Place] = []
        for list in lists(scope) {
            var left = count
            for place in list where wanted(place.id) {
                if left == 0 { break }
                left -= 1
                found.append(place)
            }
        }
        found.sort { ($0.start, $1.id) > ($1.start, $0.id) }
        return found.prefix(count).map { ($0.id, $0.start) }
    }

    private func lists(_ scope: RunScope) -> [[Place]] {
        switch scope {
        case .all: Array(places.values)
        case .experiment(let id): places[id].map { [$0] } ?? []
        }
    }

    /// Where a run is or belongs.
    private static func index(_ start: Int64, _ id: RunID, in list: [Place]) -> Int {
        // Pages come newest first, so that most land at the end.
        if let last = list.last, last.start > start { return list.count }
        return list.partitioningIndex { $0.start < start || $0.start == start && $0.id >= id }
    }
}
