import Glibc

/// Arguments and variables as the system keeps them: bytes, which need not be UTF-8.
package enum CommandText {
    /// The arguments of this process, its name first.
    package static var arguments: [[UInt8]] {
        (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0].map(bytes) }
    }

    /// The last of this process's arguments as the system has them, where a parser that knows only text has made of them
    /// what is given; else that.
    package static func exact(_ words: [String]) -> [[UInt8]] {
        let exact = Array(arguments.suffix(words.count))
        let isSame = exact.map { String(decoding: $0, as: UTF8.self) } == words
        return isSame ? exact : words.map { Array($0.utf8) }
    }

    /// The entries of this process's environment, `NAME=value` as a rule.
    package static var environment: [[UInt8]] {
        var entries: [[UInt8]] = []
        var next = environ
        while let entry = next.pointee {
            entries.append(bytes(entry))
            next += 1
        }
        return entries
    }

    /// That environment with variables set, or taken away where the value is nil; all others stay as they are.
    package static func environment(changing changes: [String: String?]) -> [[UInt8]] {
        let names = Set(changes.keys.map { Array($0.utf8) })
        let kept = environment.filter { entry in !names.contains(Array(entry.prefix { $0 != UInt8(ascii: "=") })) }
        return kept + changes.compactMap { name, value in value.map { Array("\(name)=\($0)".utf8) } }
    }

    /// The value of a variable.
    static func value(_ name: String) -> [UInt8]? { getenv(name).map(bytes) }

    /// Calls `body` with the texts as an array of C strings that ends with a null pointer, null itself for nil.
    static func withPointers<Result>(
        _ texts: [[UInt8]]?, _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result
    ) -> Result {
        guard let texts else { return body(nil) }
        var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { text in
            (text + [0]).withUnsafeBytes { strdup($0.assumingMemoryBound(to: CChar.self).baseAddress!) }
        }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }

    private static func bytes(_ text: UnsafeMutablePointer<CChar>) -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }
}
