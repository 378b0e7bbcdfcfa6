import RunModel
import Testing

struct KeyedValuesTests {
    @Test func entriesAreSortedAndTheLastValueWins() {
        let values = KeyedValues<String>([("b", "1"), ("a", "2"), ("b", "3"), ("ä", "4")])
        #expect(values.keys == ["a", "b", "ä"])
        #expect(values.value(forKey: "b") == "3")
        #expect(values.value(forKey: "c") == nil)
        #expect(values.count == 3 && !values.isEmpty)
        #expect(values == KeyedValues([("a", "2"), ("b", "3"), ("ä", "4")]))
    }

    @Test func aKeyOnlyTagDiffersFromAnEmptyOneAndFromNone() {
        var tags = Tags([("only", nil), ("empty", "")])
        #expect(tags.contains("only") && tags.contains("empty") && !tags.contains("none"))
        #expect(tags.value(forKey: "only") == .some(nil))
        #expect(tags.value(forKey: "empty") == "")
        #expect(tags.value(forKey: "none") == .none)
        tags.removeValue(forKey: "only")
        tags.removeValue(forKey: "none")
        #expect(tags.keys == ["empty"])
    }

    @Test func behavesAsADictionaryDoes() {
        var generator = SeededGenerator(state: 3)
        var values = KeyedValues<Int>()
        var dictionary: [String: Int] = [:]
        for step in 0..<2000 {
            let key = "k\(Int.random(in: 0..<40, using: &generator))"
            if Bool.random(using: &generator) {
                values.set(step, forKey: key)
                dictionary[key] = step
            } else {
                values.removeValue(forKey: key)
                dictionary[key] = nil
            }
            #expect(values.value(forKey: key) == dictionary[key])
        }
        #expect(values.keys == dictionary.keys.sorted())
    }
}

struct RunStatusTests {
    @Test func everyWordIsReadBack() {
        #expect(Set(RunStatus.known).count == 11)
        for status in RunStatus.known {
            #expect(RunStatus(word: status.word) == status)
            #expect(RunStatus(word: status.word.uppercased()) == status)
            #expect(status.isActive != status.isTerminal)
        }
        #expect(RunStatus.known.filter(\.isTerminal) == [.completed, .failed, .canceled])
    }

    @Test func azureWordsAreFolded() {
        for word in ["Starting", "Provisioning", "Preparing"] { #expect(RunStatus(word: word) == .preparing) }
    }

    @Test func anUnknownWordIsKeptAndIsNeitherActiveNorOver() {
        let status = RunStatus(word: "Hibernating")
        #expect(status == .unknown("Hibernating") && status.word == "Hibernating")
        #expect(!status.isActive && !status.isTerminal)
    }
}

struct StatusCountsTests {
    @Test func addsUpAndForgetsZeros() {
        var counts = StatusCounts([.running: 2, .completed: 5, .failed: 0, .unknown("Odd"): 1])
        #expect(counts.total == 8 && counts.active == 2 && counts[.failed] == 0)
        counts.add(-2, of: .running)
        #expect(counts == StatusCounts([.completed: 5, .unknown("Odd"): 1]))
        #expect((counts + StatusCounts([.completed: 1, .queued: 3]))[.completed] == 6)
        #expect((counts + StatusCounts([.queued: 3])).active == 3)
    }
}

struct RunDurationTests {
    @Test func runsToTheEndOrToNowAndIsNeverNegative() {
        let start = now.milliseconds - 5000
        #expect(sampleRun().duration(at: now) == nil)
        #expect(sampleRun(started: start).duration(at: now) == 5000)
        #expect(sampleRun(started: start, ended: start + 20).duration(at: now) == 20)
        // The clock was set back while it ran, or since.
        #expect(sampleRun(started: start, ended: start - 20).duration(at: now) == 0)
        #expect(sampleRun(started: now.milliseconds + 60_000).duration(at: now) == 0)
        let longest = Timestamp.latest.milliseconds(since: .earliest)
        #expect(sampleRun(started: .min, ended: .max).duration(at: now) == longest)
    }

    @Test func timestampsAreCutOffInsteadOfTrapping() {
        let first = Timestamp(milliseconds: .min)
        let last = Timestamp(milliseconds: .max)
        #expect(first == .earliest && last == .latest)
        #expect(last.milliseconds(since: first) == 17_280_000_000_000_000)
        #expect(first.milliseconds(since: last) == -17_280_000_000_000_000)
        // What a heartbeat in any year is asked: its distance, whichever way.
        #expect(abs(first.milliseconds(since: last)) == last.milliseconds(since: first))
        var moved = now
        moved.milliseconds = .max
        #expect(moved == .latest)
        #expect(Timestamp(seconds: .max, nanoseconds: .max) == .latest)
        #expect(Timestamp(seconds: .min, nanoseconds: .min) == .earliest)
        #expect(Timestamp(seconds: 1_750_000_000, nanoseconds: 7_999_999).milliseconds == 1_750_000_000_007)
        // Microseconds taken for milliseconds are still told apart.
        #expect(Timestamp(milliseconds: 1_750_000_000_000_000).milliseconds == 1_750_000_000_000_000)
        #expect(last.advanced(byMilliseconds: 1) == last && first.advanced(byMilliseconds: -1) == first)
        #expect(now.advanced(byMilliseconds: -7).milliseconds(since: now) == -7)
    }

    @Test func aRootIsItsOwnRoot() {
        #expect(sampleRun("a").rootID == RunID("a"))
        #expect(sampleRun("a", parent: "p").rootID == RunID("p"))
    }
}

struct MetricValueTests {
    @Test func anUnchangedNaNIsUnchanged() {
        #expect(MetricValue.number(.nan) == .number(.nan))
        #expect(Set([MetricValue.number(.nan), .number(.nan)]).count == 1)
        #expect(MetricValue.number(0) != .text("0") && MetricValue.text("a") == .text("a"))
        #expect(MetricValue.number(3).number == 3 && MetricValue.text("3").number == nil)
    }
}
