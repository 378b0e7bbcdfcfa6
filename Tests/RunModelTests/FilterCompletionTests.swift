import RunModel
import Testing

/// The cursor is at the bar.
struct FilterCompletionTests {
    private static let vocabulary = FilterVocabulary(
        tagKeys: ["quality", "worth another look", "team"], paramKeys: ["lr", "batch size"], propertyKeys: ["author"],
        metricKeys: ["loss", "val/acc"], users: ["ana", "bob b"], experiments: ["explore-runs"],
        tagValues: ["quality": ["fantastic run", "bad"]])

    @Test(arguments: [
        ("sta|", ["status:", "started>"]),
        ("STAT|", ["status:"]),
        ("a or (na|", ["name:"]),
        ("-us|", ["user:"]),
        ("not us|", ["user:"]),
        ("ta|", ["tags."]),
        ("tags.|", ["tags.quality", "tags.`worth another look`", "tags.team"]),
        ("tag.Q|", ["tag.quality"]),
        ("tags.\"wor|", ["tags.`worth another look`"]),
        ("metrics.v|", ["metrics.val/acc"]),
        ("params.b|", ["params.`batch size`"]),
        ("property.|", ["property.author"]),
        ("status:|", ["active", "ended"] + RunStatus.known.map(\.word)),
        ("status = can|", ["CancelRequested", "Canceled"]),
        ("status in (running, fa|", ["Failed"]),
        ("status not in (|", ["active", "ended"] + RunStatus.known.map(\.word)),
        ("user:|", ["ana", "'bob b'"]),
        ("user = 'bo|", ["'bob b'"]),
        ("user like b|", ["'bob b'"]),
        ("experiment: ex|", ["explore-runs"]),
        ("tags.quality = |", ["'fantastic run'", "bad"]),
        ("tags.quality=\"fan|", ["'fantastic run'"]),
        ("-tags.quality:b|", ["bad"]),
        ("tags:qu|", ["quality"]),
        ("metrics.loss < |", []),
        ("nosuch = |", []),
        ("zzz|", []),
        ("status:running na|", ["name:"]),
        ("status:running|", []),
    ])
    func offers(marked: String, expected: [String]) throws {
        let bar = try #require(marked.firstIndex(of: "|"))
        let completions = Filter.completions(
            for: marked.filter { $0 != "|" }, at: marked.distance(from: marked.startIndex, to: bar),
            vocabulary: FilterCompletionTests.vocabulary)
        let offered = completions.map(\.replacement)
        // What is already there in full in other letters is offered in the right ones.
        #expect(offered == (marked == "status:running|" ? ["Running"] : expected))
    }

    @Test(arguments: [
        ("größe sta|", 6..<9), ("-sta|", 1..<4), ("sta|tu name:x", 0..<5), ("status:|", 7..<7), ("a |", 2..<2),
        ("user = 'bo|", 7..<10), ("tags.\"wor|", 0..<9),
    ])
    func replacesTheWord(marked: String, range: Range<Int>) throws {
        let bar = try #require(marked.firstIndex(of: "|"))
        let completions = Filter.completions(
            for: marked.filter { $0 != "|" }, at: marked.distance(from: marked.startIndex, to: bar),
            vocabulary: FilterCompletionTests.vocabulary)
        #expect(!completions.isEmpty)
        #expect(completions.allSatisfy { $0.range == range })
    }

    @Test func everyOfferedKeyAndValueCanBeParsed() throws {
        for key in Filter.completions(for: "tags.", at: 5, vocabulary: FilterCompletionTests.vocabulary) {
            #expect(throws: Never.self) { try Filter.parse(key.replacement) }
        }
        for key in Filter.completions(for: "", at: 0, vocabulary: FilterCompletionTests.vocabulary) {
            let name = key.replacement.filter { !":<>=".contains($0) }
            #expect(throws: FilterSyntaxError.self) { try Filter.parse(key.replacement) }
            if !name.hasSuffix(".") { #expect(throws: Never.self) { try Filter.parse("\(name) is null") } }
        }
    }
}
