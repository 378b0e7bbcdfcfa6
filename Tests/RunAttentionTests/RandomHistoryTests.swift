import RunAttention
import RunModel
import RunServices
import Testing

/// Random histories of runs, told by polls of which some are lost, told twice, or told again from the beginning.
@Suite struct RandomHistoryTests {
    @Test(arguments: 0..<60) func eachHappeningOnce(seed: UInt64) throws {
        var random = Generator(state: seed &* 0x9e37_79b9_7f4a_7c15 | 1)
        var watching = Watching()
        for number in 0..<8 { watching.put("old\(number)", Self.statuses.randomElement(using: &random) ?? .running) }
        watching.log("old0", .nan)
        var events = watching.poll()
        try #require(events.isEmpty, "what is read first is no news")
        let atFirst = watching.runs
        var count = 0
        for _ in 0..<150 {
            watching.wait(Int64.random(in: 1...4_000, using: &random))
            for _ in 0..<Int.random(in: 0...3, using: &random) { Self.step(&watching, &count, &random) }
            switch Int.random(in: 0..<6, using: &random) {
            case 0: break  // The answer was lost; the next one has all that it had.
            case 1:
                events += watching.poll()
                #expect(watching.deliver(watching.lastBatch).isEmpty, "told twice")
            case 2:
                events += watching.poll()
                var all = watching.lastBatch
                all.runs = watching.runs.values.shuffled(using: &random)
                #expect(watching.deliver(all).isEmpty, "told again from the beginning")
            default: events += watching.poll()
            }
        }
        events += watching.poll()
        #expect(Set(events.map(\.id)).count == events.count)
        for run in watching.runs.values {
            // The end of a sweep is told instead of its parent's.
            let sweeps = events.filter { $0.run == run.id && $0.kind == .lastChildEnded }
            #expect(sweeps.count <= 1)
            var endings = events.filter { $0.run == run.id && [.finished, .failed, .canceled].contains($0.kind) }
            if endings.isEmpty, run.status == .completed { endings = sweeps }
            let wasOver = atFirst[run.id.text]?.status.isTerminal ?? false
            #expect(endings.count == (run.status.isTerminal && !wasOver ? 1 : 0), "\(run.id) \(run.status)")
            if let ending = endings.first { #expect(ending.status == run.status) }
            let odd = events.filter { $0.run == run.id && $0.kind == .notANumber }
            let wasOdd = atFirst[run.id.text]?.ownMarks.contains(.notANumber) ?? false
            #expect(odd.count == (run.ownMarks.contains(.notANumber) && !wasOdd ? 1 : 0), "\(run.id)")
        }
        let active = watching.runs.values.filter(\.status.isActive).count
        #expect(watching.follower.tracker.rememberedCount == active)
    }

    private static let statuses: [RunStatus] = [.queued, .running, .notResponding, .completed, .failed, .canceled]

    /// One happening. Metrics that are NaN stay so, and no run leaves its last status.
    private static func step(_ watching: inout Watching, _ count: inout Int, _ random: inout Generator) {
        let active = watching.runs.values.filter(\.status.isActive).map(\.id.text).sorted()
        switch Int.random(in: 0..<8, using: &random) {
        case 0..<2:
            count += 1
            let parent = Bool.random(using: &random) ? active.randomElement(using: &random) : nil
            let status = statuses.randomElement(using: &random) ?? .running
            watching.put("new\(count)", status, in: "e\(count % 3)", parent: parent)
        case 2..<4:
            if let id = active.randomElement(using: &random) {
                watching.end(id, [.completed, .failed, .canceled].randomElement(using: &random) ?? .failed)
            }
        case 4:
            if let id = active.randomElement(using: &random) { watching.log(id, .nan, metric: "odd") }
        case 5:
            if let id = active.randomElement(using: &random) {
                watching.change(id) { $0.status = $0.status == .notResponding ? .running : .notResponding }
            }
        default:
            if let id = active.randomElement(using: &random) {
                watching.log(id, .random(in: 0...1, using: &random), step: .random(in: 0...100, using: &random))
            }
        }
    }
}

/// The same numbers for the same seed (xorshift64*).
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 2_685_821_657_736_338_717
    }
}
