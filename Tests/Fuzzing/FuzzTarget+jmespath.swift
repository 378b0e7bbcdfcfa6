import JMESPath

extension FuzzTarget {
    /// The query language, on one line, and the JSON that it is applied to, on the others.
    static let jmesPath = FuzzTarget(
        "jmespath", rounds: 1_500,
        seeds: [
            "[?tags.quality=='fantastic run' && !(n < `1`)].{id: runId, t: tags} | [0]\n[{\"tags\":{\"quality\":\"fantastic run\"},\"n\":2}]",
            "sort_by(@, &a)[::-2].[a, to_string(b), to_number('9223372036854775808')]\n[{\"a\":1e308,\"b\":[]},{\"a\":-9223372036854775809}]",
            "sum(@) || avg([:2]) == ceil([0])\n[9223372036854775807, 1, 0.5, NaN, Infinity]",
            "*.*[][?contains(@, 'x')] | join(',', map(&type(@), @))\n{\"é\":{\"e\\u0301\":[\"x\",[null]]}}",
            "[@, @] | [@, @] | [] | reverse(@) | merge({a: @}, {b: `foo`})\n\"\\ud83d\\ude00\"",
            String(repeating: "(", count: 5_000), String(repeating: "[0]", count: 5_000),
            "@\n" + String(repeating: "[", count: 5_000),
        ]
    ) { bytes in
        let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let document = try? JSONReader.read(Array(lines.dropFirst().first ?? []))
        guard let query = try? JMESPathQuery(String(decoding: lines.first ?? [], as: UTF8.self)),
            let result = try? query.search(document ?? .null, steps: 100_000),
            let text = try? JSONWriter.text(of: result, layout: .compact, escaping: .unprintable, limit: 1 << 20)
        else { return }
        // What went in was at most 512 deep, and what comes out may be deeper than is read again.
        guard let again = try? JSONReader.read(Array(text.utf8)) else { return }
        let copy = try? JSONWriter.text(of: again, layout: .compact, escaping: .unprintable)
        precondition(copy == text, "\(text) is written otherwise when it is read again")
    }
}
