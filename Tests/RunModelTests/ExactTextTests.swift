import RunModel
import Testing

/// What looks equal and is written in other bytes is another key, as every store has it.
struct ExactTextTests {
    private let composed = "caf\u{E9}"
    private let decomposed = "cafe\u{301}"

    @Test func keysOfTwoNormalFormsAreTwoKeys() {
        var tags = Tags([(composed, "1"), (decomposed, "2")])
        #expect(tags.count == 2)
        #expect(tags.value(forKey: composed) == "1" && tags.value(forKey: decomposed) == "2")
        tags.removeValue(forKey: composed)
        #expect(!tags.contains(composed) && tags.contains(decomposed))
        #expect(Tags([(composed, "1")]) != Tags([(decomposed, "1")]))
        // The Kelvin sign is a K to Swift.
        #expect(Params([("\u{212A}", "1")]).value(forKey: "K") == nil)
    }

    @Test func keysAreInTheOrderOfTheirBytes() {
        let keys = ["b", "a", composed, "z", decomposed, "\u{FFFD}", "\u{10000}", "a\u{0}", ""]
        let sorted = KeyedValues(keys.map { ($0, 0) }).keys
        #expect(
            sorted.map { Array($0.utf8) } == keys.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
        // As a query returns them, or in any order.
        #expect(
            KeyedValues(keys.map { ($0, 0) }).keys.map { Array($0.utf8) } == sorted.map { Array($0.utf8) })
        #expect(KeyedValues([("a", 1), ("a", 2)]).entries.map(\.value) == [2])
    }

    @Test func idsAndKeysOfDictionaries() {
        #expect(RunID(composed) != RunID(decomposed) && ExperimentID(composed) != ExperimentID(decomposed))
        #expect(Set([RunID(composed), RunID(decomposed), RunID(composed)]).count == 2)
        #expect(Set([ExactText(composed), ExactText(decomposed)]).count == 2)
        #expect((RunID(decomposed) < RunID(composed)) != (RunID(composed) < RunID(decomposed)))
    }

    @Test func aFilterFindsTheVeryKey() throws {
        let run = sampleRun(tags: [(composed, "1")])
        #expect(try passes("tags.`\(composed)` = 1", run))
        #expect(try !passes("tags.`\(decomposed)` = 1", run))
    }

    @Test func countsThatAStoreClaimsAreBounded() {
        var counts = StatusCounts([.running: .max, .failed: .max, .queued: .min])
        counts.add(.max, of: .running)
        counts.add(.min, of: .failed)
        counts.add(.min, of: .failed)
        #expect(counts.total <= counts[.running] && counts.active >= 0)
        #expect((counts + counts).total < .max)
    }
}
