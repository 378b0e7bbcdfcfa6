/// Texts that the store makes up: ids that never collide, names that a person can say.
package enum RandomText {
    /// 128 random bits written like a UUID, in lower case.
    package static func identifier() -> String {
        let digits = Array("0123456789abcdef".utf8)
        var generator = SystemRandomNumberGenerator()
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for _ in 0..<2 {
            var bits = generator.next()
            for _ in 0..<16 {
                if [8, 13, 18, 23].contains(text.count) { text.append(UInt8(ascii: "-")) }
                text.append(digits[Int(bits & 15)])
                bits >>= 4
            }
        }
        // Version 4 and variant 1 (RFC 9562, section 5.4), for those who parse it as a UUID.
        text[14] = UInt8(ascii: "4")
        text[19] = digits[8 + Int(text[19] & 3)]
        return String(decoding: text, as: UTF8.self)
    }

    /// Such as `brave-heron-417`.
    package static func runName() -> String {
        let adjective = adjectives.randomElement() ?? "new"
        let noun = nouns.randomElement() ?? "run"
        return "\(adjective)-\(noun)-\(Int.random(in: 1...999))"
    }

    private static let adjectives = [
        "able", "amber", "bold", "brave", "bright", "calm", "clear", "clever", "crisp", "eager", "fair", "fine",
        "fleet",
        "gentle", "glad", "golden", "grand", "handy", "keen", "kind", "lively", "lucid", "lucky", "merry", "mild",
        "neat",
        "noble", "plucky", "polite", "proud", "quick", "quiet", "ready", "rustic", "silent", "sleek", "smart", "steady",
        "swift", "tidy", "trusty", "upbeat", "vivid", "warm", "wise", "witty", "young", "zesty",
    ]

    private static let nouns = [
        "ant", "badger", "bear", "beaver", "bee", "bison", "crane", "crow", "deer", "dove", "duck", "eagle", "elk",
        "falcon",
        "finch", "fox", "frog", "gull", "hare", "hawk", "heron", "ibex", "jay", "kite", "lark", "lion", "lynx", "mole",
        "moose", "newt", "otter", "owl", "panda", "puma", "quail", "rabbit", "raven", "robin", "seal", "sheep", "snail",
        "stork", "swan", "tiger", "toad", "trout", "wolf", "wren",
    ]
}
