import JMESPath
import Testing

/// No expression or document overflows the stack, the memory or a number.
@Suite struct LimitTests {
    private func nested(_ opening: String, _ core: String, _ closing: String, _ count: Int) -> String {
        String(repeating: opening, count: count) + core + String(repeating: closing, count: count)
    }

    @Test(arguments: [
        ("(", ")"), ("[", "]"), ("!", ""), ("{a: ", "}"), ("to_array(", ")"), ("a[?", "]"), ("*.[", "]"), ("a.[", "]"),
        ("map(&", ", @)"), ("[*].[", "]"),
    ])
    func nestingEndsInAnError(_ opening: String, _ closing: String) {
        #expect(!answer(nested(opening, "a", closing, 60), "{}").hasPrefix("!syntax"))
        for count in [1_000, 100_000] {
            #expect(answer(nested(opening, "a", closing, count), "{}") == "!syntax")
            #expect(answer(String(repeating: opening, count: count), "{}") == "!syntax")
        }
    }

    @Test(arguments: ["[0]", "[*]", "[]", ".*", "[?a]", " == a", "[0].b", "[:1]", " || a && b"])
    func longRowsEndInAnErrorOrNot(_ piece: String) {
        #expect(answer("a" + String(repeating: piece, count: 50), "{}") != "!syntax")
        for count in [1_000, 50_000] { _ = answer("a" + String(repeating: piece, count: count), "{}") }
        #expect(answer("a" + String(repeating: "[0]", count: 1_000), "{}") == "!syntax")
    }

    /// What scripts generate.
    @Test func longRowsOfOneOperatorAreFine() {
        let ids = (0..<3_000).map { "id=='r\($0)'" }.joined(separator: " || ")
        expect(on: #"[{"id":"r2999"},{"id":"x"}]"#, ["[?\(ids)].id": #"["r2999"]"#])
        expect(
            on: "1",
            [
                String(repeating: "@ | ", count: 50_000) + "@": "1",
                String(repeating: "@ && ", count: 50_000) + "`2`": "2",
            ])
        expect(on: "{}", ["a" + String(repeating: ".a", count: 50_000): "null"])
        expect(on: "{}", ["[" + String(repeating: "a, ", count: 20_000) + "a] | length(@)": "20001"])
    }

    @Test func documentsAreNestedAtMostSoDeep() {
        #expect(answer("[0]", nested("[", "", "]", 512)) == nested("[", "", "]", 511))
        #expect(answer("type(@)", nested("[", "", "]", 513)).contains("nested more than 512 deep"))
        #expect(answer("@", nested("{\"a\":", "1", "}", 512)) == nested("{\"a\":", "1", "}", 512))
        #expect(answer("@", String(repeating: "[", count: 1_000_000)).contains("nested more than 512 deep"))
        #expect(answer("`\(nested("[", "", "]", 600))`", "1") == "!syntax")
    }

    @Test func resultsAreNestedAtMostSoMuchDeeper() {
        let deep = nested("[", "", "]", 500)
        let wrap = String(repeating: "[@] | ", count: 150)
        #expect(answer(wrap + "@", deep) == nested("[", "", "]", 650))
        #expect(answer(wrap + "to_string(@) | length(@)", deep) == "1300")
        #expect(answer(wrap + "@ == @", deep) == "true")
        #expect(answer(String(repeating: "[@] | ", count: 500) + "@", deep) == "!syntax")
        #expect(answer(String(repeating: "@.{a: @} | ", count: 100_000) + "@", deep) == "!syntax")
    }

    @Test(arguments: [
        "[][][][][][][][][][][][]", "to_string(@)", "@ == @", "length(to_string(@))",
        "[*][*][*][*][*][*][*][*][*][*][*][*]",
        "contains([@], @)", "sort_by(@, &to_string(@))",
    ])
    func whatDoublesAgainAndAgainEnds(_ last: String) throws {
        let doubled = String(repeating: "[@, @] | ", count: 60)
        let query = try JMESPathQuery(doubled + last)
        #expect { _ = try query.search(.string("text"), steps: 3_000) } throws: {
            ($0 as? JMESPathError)?.kind == .limitExceeded
        }
    }

    @Test(arguments: ["join('', [@, @])", "to_string([@])", "join(@, [@, @, @]) | reverse(@)"])
    func textsThatGrowAgainAndAgainEnd(_ growth: String) throws {
        let query = try JMESPathQuery(Array(repeating: growth, count: 60).joined(separator: " | "))
        #expect { _ = try query.search(.string("\"text\""), steps: 3_000) } throws: {
            ($0 as? JMESPathError)?.kind == .limitExceeded
        }
    }

    @Test func resultsAreWrittenUpToALimit() throws {
        let value = try JMESPathQuery(String(repeating: "[@, @] | ", count: 60) + "@").search(.bool(true))
        #expect { try JSONWriter.text(of: value, layout: .indented, escaping: .unprintable, limit: 10_000) } throws: {
            ($0 as? JMESPathError)?.kind == .limitExceeded
        }
    }

    @Test func expressionsAreAtMostSoLong() {
        #expect(answer(String(repeating: " ", count: 1 << 20), "1") == "!syntax")
        #expect(answer(String(repeating: " ", count: (1 << 20) - 1) + "@", "1") == "1")
    }

    @Test func hugeNumbersTakeNoTime() {
        let digits = String(repeating: "9", count: 100_000)
        expect(
            on: "[\(digits), 1, -\(digits)]",
            [
                "sum(@)": "1", "max(@) == [0]": "true", "[0] > `1e308`": "true", "abs([2]) == [0]": "true",
                "avg(@[:1])": "Infinity",
            ])
        expect(
            on: "[1]",
            ["[\(digits)]": "null", "[-\(digits):\(digits):\(digits)]": "[1]", "to_number('\(digits)') > `1`": "true"])
    }
}
