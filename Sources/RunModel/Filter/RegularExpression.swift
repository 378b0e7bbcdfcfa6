#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A compiled regular expression of the C library.
///
/// Not Swift's `Regex`: over 100,000 names of 20 characters that took 25 to 315 ms and grows exponentially on patterns
/// such as `(a+)+$`, while this takes 6 to 28 ms and, since back-references are refused, never backtracks.
final class RegularExpression: @unchecked Sendable {
    // Unchecked: written by init alone; POSIX lets threads share a compiled expression for matching.
    private let compiled: UnsafeMutablePointer<regex_t>

    struct Problem: Error {
        let message: String
    }

    /// Extended POSIX syntax and `\w \W \s \S \b` of the C library, with `\d`, `\D`, `(?:…)` and a leading `(?i)` besides.
    init(_ pattern: String) throws(Problem) {
        let translated = try PatternTranslation(pattern)
        let memory = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)
        memory.initialize(to: regex_t())
        let flags = REG_EXTENDED | REG_NOSUB | (translated.ignoresCase ? REG_ICASE : 0)
        let code = TextLocale.withUTF8 { regcomp(memory, translated.text, flags) }
        guard code == 0 else {
            // regcomp has freed what it made, and a deinit must not do so again: none runs before `compiled` is set.
            memory.deallocate()
            throw Problem(message: RegularExpression.message(for: code))
        }
        compiled = memory
    }

    deinit {
        regfree(compiled)
        compiled.deallocate()
    }

    /// Whether it matches anywhere in `text`, as far as its first NUL.
    func matches(_ text: String) -> Bool {
        TextLocale.withUTF8 { regexec(compiled, text, 0, nil, 0) == 0 }
    }

    private static func message(for code: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 200)
        let length = buffer.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { regerror(code, nil, $0.baseAddress, $0.count) }
        }
        let text = String(decoding: buffer.prefix(max(0, Int(length) - 1)), as: UTF8.self)
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}

/// The locale in which patterns are compiled and matched: a name is UTF-8 whatever the user's terminal is.
private enum TextLocale {
    // Unchecked: never changed or freed, and a locale may be used by any number of threads.
    nonisolated(unsafe) private static let utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)

    static func withUTF8<Result>(_ body: () -> Result) -> Result {
        guard let utf8 else { return body() }
        let previous = uselocale(utf8)
        defer { uselocale(previous) }
        return body()
    }
}
