import RunAttention
import RunModel
import RunServices
import Testing

/// What machines tell of runs.
@Suite struct IdleGPUTests {
    private static let minute: Int64 = 60_000

    private func watching() -> Watching {
        var watching = Watching()
        watching.put("old", .completed, age: 5_000)
        _ = watching.poll()
        watching.wait(2_000)
        watching.put("a")
        _ = watching.poll()
        return watching
    }

    /// One sample every 10 s, in which the run holds two GPUs.
    private func sampled(
        _ watching: inout Watching, for milliseconds: Int64, busy: [Int: Double]
    ) -> [RunEvent] {
        var events: [RunEvent] = []
        for step in 0..<(milliseconds / 10_000) {
            watching.wait(10_000)
            for (gpu, percent) in busy {
                watching.log("a", percent, metric: "system/gpu_\(gpu)_utilization_percentage", step: step)
            }
            let mean = busy.values.reduce(0, +) / Double(max(1, busy.count))
            watching.log("a", mean, metric: SystemMetric.gpu, step: step)
            events += watching.poll()
        }
        return events
    }

    @Test func toldOnceAfterTenMinutesAndAgainAfterWork() {
        var watching = watching()
        // A stall is told of none: it has no metrics of its own.
        #expect(sampled(&watching, for: 10 * Self.minute - 20_000, busy: [0: 95, 3: 0]).isEmpty)
        let events = sampled(&watching, for: 40_000, busy: [0: 95, 3: 0])
        #expect(events.told == ["GPU idle a"])
        #expect(events.first?.summary == "idle: GPU 3 for 10 min")
        #expect(sampled(&watching, for: 30 * Self.minute, busy: [0: 95, 3: 0]).isEmpty)
        #expect(sampled(&watching, for: 20_000, busy: [0: 95, 3: 40]).isEmpty)
        #expect(sampled(&watching, for: 10 * Self.minute + 20_000, busy: [0: 95, 3: 0.4]).told == ["GPU idle a"])
    }

    @Test func aGPUThatIsNotHeldAnyMoreIsNoMatter() {
        var watching = watching()
        _ = sampled(&watching, for: 5 * Self.minute, busy: [0: 0, 1: 60])
        #expect(sampled(&watching, for: 20 * Self.minute, busy: [1: 60]).isEmpty)
    }

    @Test func whatOthersLogOfAllGPUsIsNoMatter() {
        var watching = watching()
        for step in 0..<200 {
            watching.wait(10_000)
            watching.log("a", 0, metric: "system/gpu_0_utilization_percentage", step: Int64(step))
            #expect(watching.poll().isEmpty)
        }
    }

    @Test func aMachinesFiguresAreNoSignThatARunGetsOn() {
        var watching = watching()
        watching.log("a", 0.5)
        _ = watching.poll()
        var events: [RunEvent] = []
        for step in 0..<120 {
            watching.wait(10_000)
            watching.log("a", 100, metric: SystemMetric.cpu, step: Int64(step))
            events += watching.poll()
        }
        #expect(events.told == ["stalled a"])
        #expect(watching.runs["a"].map { RunProgress($0, at: watching.now) } == .some(nil))
        watching.change("a") { $0.params.set("10", forKey: "max_steps") }
        #expect(watching.runs["a"].flatMap { RunProgress($0, at: watching.now) }?.fraction == 0.1)
    }
}
