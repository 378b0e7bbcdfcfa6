import RunModel
import RunServices
import Synchronization

/// Samples of the metrics that were looked at last, and how far the files were read for them.
final class SampleMemory: Sendable {
    private struct Entry {
        var generation: Int
        var ends: [String: Int64]
        var samples: [ExactText: SeriesSample]
        var lastUse = 0
    }

    private struct State {
        var entries: [RunID: Entry] = [:]
        var uses = 0
    }

    private let state = Mutex(State())

    /// Samples that are kept at most, of 20 to 70 kB each; the charts of a run with many metrics, and a list of runs.
    private static let limit = 128
    /// Points that any sample has room for, so that sparkline and chart of a metric share one.
    private static let smallest = 256

    /// Samples of these metrics with room for `size` points, brought up to the end of the pass.
    func sampled(
        _ pass: SeriesPass, _ tags: [ExactText], size: Int
    ) throws(RunServiceError) -> [ExactText: SeriesSample] {
        // Taken out meanwhile, for its samples to grow in place.
        let known = state.withLock { $0.entries.removeValue(forKey: pass.run) }
        var entry = Entry(generation: pass.generation, ends: [:], samples: [:])
        if let known, known.generation == pass.generation,
            tags.allSatisfy({ (known.samples[$0]?.size ?? 0) >= size })
        {
            entry = known
        } else {
            let size = max(size, Self.smallest)
            let before = known.map { Array($0.samples.keys.prefix(max(0, Self.limit / 2 - tags.count))) } ?? []
            for tag in before + tags { entry.samples[tag] = SeriesSample(size: size) }
        }
        try pass.read(from: entry.ends) { tag, point in entry.samples[tag]?.append(point) }
        entry.ends = pass.ends
        keep(entry, of: pass.run)
        return entry.samples
    }

    private func keep(_ entry: Entry, of run: RunID) {
        state.withLock { state in
            state.uses += 1
            state.entries[run] = entry
            state.entries[run]?.lastUse = state.uses
            while state.entries.values.reduce(0, { $0 + $1.samples.count }) > Self.limit,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.entries[oldest.key] = nil
            }
        }
    }
}
