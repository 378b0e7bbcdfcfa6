/// Numbers of things in our sentences, so that none says "1 runs".
package enum Counted {
    /// `1 run`, `12 runs`.
    /// - Parameter plural: for nouns that do more than add an s.
    package static func text(_ count: some BinaryInteger, _ noun: String, plural: String? = nil) -> String {
        "\(count) \(word(count, noun, plural: plural))"
    }

    /// `run` or `runs`, where the number stands elsewhere.
    package static func word(_ count: some BinaryInteger, _ noun: String, plural: String? = nil) -> String {
        count == 1 ? noun : plural ?? noun + "s"
    }
}
