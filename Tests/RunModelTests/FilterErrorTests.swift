import RunModel
import Testing

/// Where a text is wrong is marked with ⟦ and ⟧, which are not part of it.
struct FilterErrorTests {
    private static let tooLarge =
        "This is not a regular expression: with its repetitions written out it is longer than "
        + "1000 characters; repeat less, or something shorter."

    @Test(arguments: [
        ("metrics.loss <⟦⟧", "Expected a value after “<”."),
        ("metrics.loss < ⟦⟧", "Expected a value after “<”."),
        ("metrics.loss < ⟦abc⟧", "Expected a number after “<”, not “abc”."),
        ("⟦stauts⟧:running", "There is no key “stauts”; did you mean “status”?"),
        ("a ⟦usr⟧ = ana", "There is no key “usr”; did you mean “user”?"),
        ("⟦tgas.quality⟧ = x", "There is no key “tgas.quality”; did you mean “tags.quality”?"),
        ("⟦attributes.stat⟧ = 'x'", "There is no key “attributes.stat”; did you mean “attributes.status”?"),
        (
            "⟦lr⟧=0.01",
            "There is no key “lr”; write params.lr, metrics.lr or tags.lr, or quote the text to search for it."
        ),
        ("⟦dataset.size⟧ = 'x'", "There is no key “dataset.size”; a dataset has name, digest and context."),
        ("tags.a = ⟦\"fantastic run⟧", "Expected a closing \"."),
        ("⟦'⟧", "Expected a closing '."),
        ("a ⟦(⟧b or c", "Expected “)” to close this “(”."),
        ("a⟦)⟧", "There is no “(” for this “)”."),
        ("⟦()⟧", "Expected something between “(” and “)”."),
        ("a and⟦⟧", "Expected a key or a word."),
        ("a or ⟦⟧", "Expected a key or a word."),
        ("not⟦⟧", "Expected a key or a word."),
        ("⟦or⟧ a", "Expected something before “or”; quote it to search for the word."),
        ("a -⟦⟧ b", "Expected something to exclude right after “-”."),
        ("⟦=⟧ 3", "Expected a key or a word, not “=”."),
        ("status = ⟦and⟧ a", "Expected a value after “=”; quote “and” to mean the word."),
        ("name =⟦~⟧x", "Expected a value after “=”, not “~”."),
        ("name ⟦!⟧", "Expected “!=” or “!~”."),
        ("tags.⟦⟧ = x", "Expected a key after “tags.”."),
        ("status ⟦<⟧ running", "A status has no order; use “=”, “!=” or “:”."),
        ("age⟦:⟧2d", "“:” does not apply to age; compare it as in “age < 2d”."),
        ("started ⟦LIKE⟧ 'x'", "“LIKE” does not apply to started; compare it as in “started > 2026-11-24”."),
        ("metrics.m ⟦NOT LIKE⟧ 'x'", "“NOT LIKE” does not apply to metrics.m; compare it as in “metrics.m < 0.5”."),
        ("tags ⟦=⟧ x", "“tags” alone takes only “:”; name one as in “tags.KEY = …”."),
        ("age < ⟦soon⟧", "Expected a length of time such as 90s, 10m, 1h30m, 2d or 1w, not “soon”."),
        (
            "started > ⟦2h⟧",
            "Expected a date such as 2026-11-24 or 2026-11-24T10:00, not “2h”. For “2h ago” compare age."
        ),
        ("started > ⟦2026-02-30⟧", "Expected a date such as 2026-11-24 or 2026-11-24T10:00, not “2026-02-30”."),
        ("number = ⟦nan⟧", "Expected a number after “=”, not “nan”."),
        ("user in ⟦ana⟧", "Expected “(” after IN, as in IN ('a', 'b')."),
        ("user in (⟦⟧", "Expected a value after “IN”."),
        ("user in (⟦)⟧", "Expected a value after “IN”."),
        ("user in (a ⟦b⟧)", "Expected “,” or “)”."),
        ("user in ⟦(⟧a, b", "Expected “)” to close this “(”."),
        ("status is ⟦running⟧", "Expected NULL or NOT NULL after IS."),
        ("tags.a is not ⟦⟧", "Expected NULL after IS NOT."),
        ("größe👩‍👩‍👧 ⟦stauts⟧=a", "There is no key “stauts”; did you mean “status”?"),
        ("name ~ ⟦'a(b'⟧", "This is not a regular expression: unmatched ( or \\(."),
        ("name ~ ⟦'[a'⟧", "This is not a regular expression: there is no “]” for a “[”."),
        (#"name ~ ⟦'(a)\1'⟧"#, "This is not a regular expression: back-references are not known."),
        ("name ~ ⟦'((a{100}){100})'⟧", "This is not a regular expression: it repeats more than 1000 times."),
        ("name ~ ⟦'(abcdefghijk){100}'⟧", tooLarge), ("name ~ ⟦'((((((((((a+)+)+)+)+)+)+)+)+)+'⟧", tooLarge),
        ("name ~ ⟦'(a{30,}b{2}){30}'⟧", tooLarge), ("name ~ ⟦'x{900}y{90}z{11}'⟧", tooLarge),
    ])
    func tells(marked: String, message: String) throws {
        let text = marked.filter { $0 != "⟦" && $0 != "⟧" }
        let start = marked.distance(from: marked.startIndex, to: try #require(marked.firstIndex(of: "⟦")))
        let end = marked.distance(from: marked.startIndex, to: try #require(marked.firstIndex(of: "⟧"))) - 1
        #expect(throws: FilterSyntaxError(message: message, range: start..<end)) { try Filter.parse(text) }
    }

    @Test func deepNestingIsRefusedInsteadOfExhaustingTheStack() throws {
        #expect(throws: FilterSyntaxError.self) { try Filter.parse(String(repeating: "(", count: 100_000)) }
        #expect(throws: FilterSyntaxError.self) { try Filter.parse(String(repeating: "not ", count: 100_000) + "a") }
        #expect(throws: FilterSyntaxError.self) { try Filter.parse(String(repeating: "-", count: 100_000) + "a") }
        let deep = String(repeating: "(", count: 60) + "a" + String(repeating: ")", count: 60)
        #expect(try Filter.parse(deep).expression == .bareWord("a"))
    }
}
