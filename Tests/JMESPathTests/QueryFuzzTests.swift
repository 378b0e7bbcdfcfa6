import JMESPath
import Testing

/// Whatever is asked of whatever, there is a result that is JSON, or an error with a reason and a place; the same each time.
@Suite struct QueryFuzzTests {
    /// SplitMix64.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }

    private static let pieces = [
        "a", "b", "tags", "\"é\"", "\"e\\u0301\"", "@", "*", "[*]", "[]", "[?", "[", "]", "(", ")", "{", "}", ".", ",",
        ":", "|", "||", "&&", "&", "!", "==", "!=", "<", ">=", " ", "\n", "'x'", "'", "`", "`1`",
        "`[1, 2.5]`", "`\"a\"`", "`{\"a\": null}`", "`foo`", "0", "-1", "[0]", "[-1]", "[::-1]", "[1:]", "[::0]",
        "[99999999999999999999]", "[:-99999999999999999999:2]", "length(", "sort_by(", "&a)", "sort(", "max_by(@, &b)",
        "map(&@, ", "to_string(@)", "to_number(", "join(',', ", "keys(@)", "values(@)", "merge(@, @)", "not_null(",
        "bogus(", "{a: ", "[a, b]", "\\", "\u{0}", "😀", "é", "#", "-", "=", "1e9", "`NaN`", "sum(@)", "contains(",
    ]

    private static let documents = [
        #"{"a":[1,2.5,-3],"b":{"a":"x","b":null},"tags":{"é":1,"e\u0301":2}}"#,
        #"[{"a":1,"b":"x"},{"a":2,"b":"y"},{"a":0.5,"b":"z"}]"#, "[[1,[2]],[],[3]]", "\"text 😀\"",
        "9223372036854775807", "null",
        "[9223372036854775807,-9223372036854775808,1e308,NaN,99999999999999999999]", #"["b","a","é"]"#,
    ].compactMap { try? JSONReader.read(Array($0.utf8)) }

    private func check(_ expression: String) {
        do throws(JMESPathError) {
            let query = try JMESPathQuery(expression)
            for document in Self.documents { check(query, on: document, expression) }
        } catch {
            #expect(error.kind == .syntax && !error.reason.isEmpty, "\(expression)")
            #expect((0...expression.unicodeScalars.count).contains(error.place ?? -1), "\(expression)")
        }
    }

    private func check(_ query: JMESPathQuery, on document: JSONValue, _ expression: String) {
        do throws(JMESPathError) {
            let text = try written(query.search(document))
            guard let again = try? JSONReader.read(Array(text.utf8)) else {
                Issue.record("\(expression) gives \(text), which is no JSON")
                return
            }
            let copy = try written(again)
            #expect(copy == text, "\(expression)")
        } catch {
            #expect(error.kind != .syntax && error.place == nil && !error.reason.isEmpty, "\(expression)")
        }
    }

    private func written(_ value: JSONValue) throws(JMESPathError) -> String {
        try JSONWriter.text(of: value, layout: .compact, escaping: .unprintable)
    }

    @Test(arguments: 0..<4) func piecesInAnyOrder(_ seed: UInt64) {
        var generator = Generator(state: seed)
        for _ in 0..<1_500 {
            let count = Int.random(in: 0...9, using: &generator)
            check((0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined())
        }
    }

    @Test func everyBeginningOfAnExpression() {
        let whole =
            #"a.b[?x == 'y' && !(z < `1`)] | [0:2:-1].{"k k": @, v: [sort_by(@, &a.b), *.c[], not_null(`"é"`, '\'')]} || foo[*].bar"#
        for length in 0...whole.count {
            check(String(whole.prefix(length)))
            check(String(whole.suffix(length)))
        }
    }

    @Test func bytesInAnyOrder() {
        var generator = Generator(state: 9)
        for _ in 0..<3_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            check(String(decoding: bytes, as: UTF8.self))
        }
    }
}
