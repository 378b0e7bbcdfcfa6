import Foundation

/// A `.netrc` file, as Python's `netrc` module reads it; a file with a mistake in it holds nothing.
package struct NetrcFile {
    /// What is known of one machine.
    package struct Entry: Equatable {
        /// The user name; empty when the file gives none.
        package var login = ""
        /// The account, which HTTP does not use; empty when the file gives none.
        package var account = ""
        /// The password or token; empty when the file gives none.
        package var password = ""
    }

    /// By host name; `default` stands for all others.
    package private(set) var entries: [String: Entry] = [:]

    /// Reads the text of such a file; the last of several entries for one host counts.
    package init(text: String) {
        var words = Words(text)
        while let word = words.next() {
            switch word {
            case let word where word.hasPrefix("#"): words.skipLine()
            case "macdef": words.skipMacro()
            case "machine", "default":
                guard let host = word == "default" ? word : words.next(), let entry = Self.entry(&words) else {
                    entries = [:]
                    return
                }
                entries[host] = entry
            default:
                entries = [:]
                return
            }
        }
    }

    /// The entry of a host.
    package subscript(host: String) -> Entry? { entries[host] ?? entries["default"] }

    /// Nil for a word that belongs to no entry.
    private static func entry(_ words: inout Words) -> Entry? {
        var entry = Entry()
        while let word = words.peek(), !["machine", "default", "macdef"].contains(word) {
            _ = words.next()
            switch word {
            case let word where word.hasPrefix("#"): words.skipLine()
            case "login", "user": entry.login = words.next() ?? ""
            case "account": entry.account = words.next() ?? ""
            case "password": entry.password = words.next() ?? ""
            default: return nil
            }
        }
        return entry
    }

    /// Words apart by white space, perhaps in double quotes; a backslash takes the next character as it is.
    private struct Words {
        private var rest: Substring

        init(_ text: String) { rest = text[...] }

        func peek() -> String? {
            var copy = self
            return copy.next()
        }

        mutating func next() -> String? {
            rest = rest.drop(while: \.isWhitespace)
            guard let first = rest.first else { return nil }
            let isQuoted = first == "\""
            if isQuoted { rest.removeFirst() }
            var word = ""
            while let character = rest.first, isQuoted ? character != "\"" : !character.isWhitespace {
                rest.removeFirst()
                word.append(character == "\\" ? rest.popFirst() ?? character : character)
            }
            if isQuoted { rest = rest.dropFirst() }
            return word
        }

        mutating func skipLine() { rest = rest.drop { !$0.isNewline } }

        /// Up to an empty line.
        mutating func skipMacro() { rest = rest.firstRange(of: "\n\n").map { rest[$0.upperBound...] } ?? "" }
    }
}
