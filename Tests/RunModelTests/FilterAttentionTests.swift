import RunModel
import Testing

/// What asks for attention, in filters.
@Suite struct FilterAttentionTests {
    @Test func marksThatRunsShowThemselves() throws {
        let plain = sampleRun(metrics: [("loss", .number(0.5)), ("note", .text("NaN"))])
        let odd = sampleRun(metrics: [("loss", .number(0.5)), ("norm", .number(-.infinity))])
        let silent = sampleRun(status: .notResponding)
        #expect(plain.ownMarks == [] && odd.ownMarks == .notANumber && silent.ownMarks == .silent)
        for text in ["attention:nan", "attention = NaN", "attention:na", "attention IN (nan, stalled)"] {
            #expect(try passes(text, odd) && !passes(text, plain) && !passes(text, silent), "\(text)")
        }
        #expect(try passes("attention != nan", silent))
        // As everywhere, what is missing matches no comparison.
        #expect(try !passes("attention != nan", plain))
        #expect(try passes("-attention:nan", plain))
        #expect(try passes("attention IS NULL", plain) && passes("attention IS NOT NULL", odd))
    }

    @Test func marksThatOthersKnow() throws {
        let filter = try Filter.parse("attention:stalled")
        let run = sampleRun()
        #expect(!filter.matches(run, at: now) && filter.matches(run, at: now, marks: .stalled))
        #expect(filter.asksForAttention && filter.dependsOnTime)
        #expect(try !Filter.parse("status:running").asksForAttention)
        let found = [run, run].withUnsafeBufferPointer { runs in
            filter.matchingIndices(in: runs, at: now) { $0 == 1 ? .stalled : [] }
        }
        #expect(found == [1])
    }

    @Test func whatIsNoMarkIsSaid() {
        #expect(throws: FilterSyntaxError.self) { try Filter.parse("attention:sleepy") }
        #expect(throws: FilterSyntaxError.self) { try Filter.parse("attention < nan") }
        #expect(throws: FilterSyntaxError.self) { try Filter.parse("attention = na") }
    }
}
