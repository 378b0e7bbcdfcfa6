import RunModel
import Testing

/// Whatever is typed gives a filter or an error, and what gives a filter is stable.
struct FilterFuzzTests {
    private static let valid = [
        #"status:running tag.quality="fantastic run" metrics.loss < 0.3 or (name ~ "^sweep" and not user = ana) age<2d"#,
        "attributes.status != 'FINISHED' AND params.`odd key` ILIKE '%x_' and run_id IN ('a', \"b\")",
        "started >= 2026-11-24T10:00Z tags.\"größe 👩‍👩‍👧\" is not null -(a or b) number not in (1, 2)",
        #"name !~ '[\w.-]+\d{2,3}(?:x|y)*' or duration > 1h30m properties:author metrics.m = nan"#,
    ]

    private static let pieces = [
        "status", "name", "tags.", "tag", "metrics.loss", "params.`", "\"", "'", "`", "(", ")", ",", " ", "\t", "\n",
        "=",
        "!=", "!", "~", "!~", ":", "<", "<=", ">", "-", "--", ".", "and", "or", "not", "in", "is", "null", "like",
        "ilike",
        "age", "2d", "1h30m", "started", "2026-11-24", "0.5", "nan", "inf", "\\", "\\d", "[", "]", "{9}", "*", "+", "?",
        "^",
        "$", "|", "é", "e\u{301}", "👩‍👩‍👧", "\u{0}", "\u{301}", "\r\n", "日本", "active", "x", "number", "%", "_", "İ",
    ]

    private static let run = sampleRun(
        name: "sweep größe 日本 e\u{301}", status: .unknown("x"), number: 3, started: 0, user: "ana",
        tags: [("x", nil), ("quality", "e\u{301}👩‍👩‍👧")], params: [("x", "0.5")], metrics: [("loss", .number(.nan))])

    private func check(_ text: String) {
        do throws(FilterSyntaxError) {
            let filter = try Filter.parse(text)
            _ = filter.matches(FilterFuzzTests.run, at: now)
            let canonical = filter.expression.description
            let again = try? Filter.parse(canonical)
            #expect(again?.expression == filter.expression, "\(text.debugDescription) → \(canonical.debugDescription)")
            #expect(again?.expression.description == canonical)
        } catch {
            #expect(!error.message.isEmpty)
            #expect(error.range.lowerBound >= 0 && error.range.upperBound <= text.count, "\(text.debugDescription)")
        }
        let vocabulary = FilterVocabulary(tagKeys: ["quality", "worth another look"], users: ["ana"])
        for cursor in [0, text.count / 2, text.count, text.count + 1, -1] {
            for completion in Filter.completions(for: text, at: cursor, vocabulary: vocabulary) {
                #expect(completion.range.lowerBound >= 0 && completion.range.upperBound <= text.count)
            }
        }
    }

    @Test func anyPartOfAValidFilter() {
        for text in FilterFuzzTests.valid {
            #expect(throws: Never.self) { try Filter.parse(text) }
            for length in 0...text.count {
                check(String(text.prefix(length)))
                check(String(text.suffix(length)))
            }
        }
    }

    @Test(arguments: 0..<8) func randomPieces(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        for _ in 0..<1500 {
            let count = Int.random(in: 0...14, using: &generator)
            check((0..<count).map { _ in FilterFuzzTests.pieces.randomElement(using: &generator) ?? "" }.joined())
        }
    }

    @Test func randomBytes() {
        var generator = SeededGenerator(state: 42)
        for _ in 0..<3000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            check(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test func mutatedFilters() {
        var generator = SeededGenerator(state: 7)
        for _ in 0..<3000 {
            var text = Array(FilterFuzzTests.valid.randomElement(using: &generator) ?? "")
            for _ in 0..<3 {
                let index = Int.random(in: text.indices, using: &generator)
                if Bool.random(using: &generator) {
                    text.remove(at: index)
                } else {
                    text.insert(contentsOf: FilterFuzzTests.pieces.randomElement(using: &generator) ?? "", at: index)
                }
            }
            check(String(text))
        }
    }

    @Test func patternsAgreeWithTheSlowWay() throws {
        // LIKE against its definition, by recursion.
        func like(_ text: Substring, _ pattern: Substring) -> Bool {
            guard let first = pattern.first else { return text.isEmpty }
            let rest = pattern.dropFirst()
            if first == "%" { return like(text, rest) || (!text.isEmpty && like(text.dropFirst(), pattern)) }
            return !text.isEmpty && (first == "_" || first == text.first) && like(text.dropFirst(), rest)
        }
        var generator = SeededGenerator(state: 1)
        for _ in 0..<4000 {
            let text = String(
                (0..<Int.random(in: 0...6, using: &generator)).map { _ in "abö".randomElement(using: &generator) ?? "a"
                })
            let pattern = String(
                (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                    "abö%_".randomElement(using: &generator) ?? "%"
                })
            let expected = like(text[...], pattern[...])
            #expect(try passes("name like '\(pattern)'", sampleRun(name: text)) == expected, "\(text) \(pattern)")
        }
    }
}
