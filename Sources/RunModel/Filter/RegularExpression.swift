import Synchronization

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
package final class RegularExpression: Sendable {
    private let text: String
    private let flags: Int32
    /// Locked, as the C library locks a compiled expression while it matches.
    private let state: Mutex<State>

    struct Problem: Error {
        let message: String
    }

    private struct State: ~Copyable {
        var compiled: Compiled
        /// Bytes matched since it was compiled.
        var matched = 0
    }

    /// Bytes after which the expression is compiled anew. The C library remembers what it found out about texts and never
    /// forgets: for `(a|b)*a(a|b){900}` that was 300 MB after 400,000 bytes. Compiling takes some 20 µs.
    private static let memory = 65_536

    /// Extended POSIX syntax and `\w \W \s \S \b` of the C library, with `\d`, `\D`, `(?:…)` and a leading `(?i)` besides.
    init(_ pattern: String) throws(Problem) {
        let translated = try PatternTranslation(pattern)
        text = translated.text
        flags = REG_EXTENDED | REG_NOSUB | (translated.ignoresCase ? REG_ICASE : 0)
        state = Mutex(State(compiled: try Compiled(text, flags)))
    }

    /// Whether it matches anywhere in `text`, as far as its first NUL.
    func matches(_ text: String) -> Bool {
        state.withLock { state in
            state.matched += text.utf8.count
            // Where there is no memory to compile it again, the one there is serves on.
            if state.matched > Self.memory, let fresh = try? Compiled(self.text, flags) {
                state = State(compiled: fresh)
            }
            return state.compiled.matches(text)
        }
    }
}

/// Memory of the C library's, freed with this.
private struct Compiled: ~Copyable {
    private let memory: UnsafeMutablePointer<regex_t>

    init(_ text: String, _ flags: Int32) throws(RegularExpression.Problem) {
        let memory = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)
        memory.initialize(to: regex_t())
        let code = TextLocale.withUTF8 { regcomp(memory, text, flags) }
        guard code == 0 else {
            // regcomp has freed what it made.
            memory.deallocate()
            throw RegularExpression.Problem(message: Self.message(for: code))
        }
        self.memory = memory
    }

    deinit {
        regfree(memory)
        memory.deallocate()
    }

    func matches(_ text: String) -> Bool {
        TextLocale.withUTF8 { regexec(memory, text, 0, nil, 0) == 0 }
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
