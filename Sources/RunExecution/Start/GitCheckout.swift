import Glibc
package import RunServices

/// What a git repository's own files say of what is checked out (gitrepository-layout(5)); git itself is not needed.
///
/// A repository in the reftable format, whose references are no text, tells nothing.
package struct GitCheckout {
    /// Holds `HEAD`; the work tree's own.
    private let directory: String
    /// Holds branches and configuration, which all work trees share.
    private let commonDirectory: String

    /// Nil when neither `path` nor anything above it is a work tree.
    package init?(containing path: String) {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        var place = String(cString: real)
        while true {
            if let found = Self.gitDirectory(at: place) {
                directory = found
                break
            }
            guard let slash = place.lastIndex(of: "/"), place != "/" else { return nil }
            place = slash == place.startIndex ? "/" : String(place[..<slash])
        }
        let common = Self.text(directory + "/commondir").map(Self.trimmed)
        commonDirectory = common.map { [directory] in Self.path($0, from: directory) } ?? directory
    }

    /// Nil before the first commit.
    package var revision: SourceRevision? {
        guard let head = Self.text(directory + "/HEAD").map(Self.trimmed), let commit = commit(of: head) else {
            return nil
        }
        let branch = head.hasPrefix("ref: refs/heads/") ? String(head.dropFirst(16)) : nil
        return SourceRevision(commit: commit, branch: branch, repository: firstRemote.map(Self.withoutCredentials))
    }

    /// In a linked work tree or submodule `.git` is a file that names the directory.
    private static func gitDirectory(at place: String) -> String? {
        let candidate = (place == "/" ? "" : place) + "/.git"
        var found = stat()
        guard stat(candidate, &found) == 0 else { return nil }
        if found.st_mode & S_IFMT == S_IFDIR { return access(candidate + "/HEAD", R_OK) == 0 ? candidate : nil }
        guard let text = text(candidate).map(trimmed), text.hasPrefix("gitdir: ") else { return nil }
        return path(String(text.dropFirst(8)), from: place)
    }

    /// Follows a reference to the commit's id, through as many symbolic ones as git does.
    private func commit(of head: String) -> String? {
        var value = head
        for _ in 0..<5 {
            guard value.hasPrefix("ref: ") else { return Self.isObjectID(value) ? value : nil }
            let name = String(value.dropFirst(5))
            if name.hasPrefix("/") || name.split(separator: "/").contains("..") { return nil }
            let loose = Self.text(directory + "/" + name) ?? Self.text(commonDirectory + "/" + name)
            guard let next = loose.map(Self.trimmed) ?? packed(name) else { return nil }
            value = next
        }
        return nil
    }

    /// Lines of `packed-refs` are an id, a blank and a name.
    private func packed(_ name: String) -> String? {
        let wanted = " " + name
        let lines = Self.text(commonDirectory + "/packed-refs", limit: 64 << 20)?.utf8.split(separator: 10) ?? []
        for line in lines where line.reversed().starts(with: wanted.utf8.reversed()) {
            let id = String(Substring(line)).prefix { $0 != " " }
            if line.count == id.utf8.count + wanted.utf8.count { return String(id) }
        }
        return nil
    }

    /// The `url` in the first section `[remote "NAME"]` that has one (git-config(1), "Syntax").
    private var firstRemote: String? {
        var isRemote = false
        for line in Self.text(commonDirectory + "/config")?.split(whereSeparator: \.isNewline) ?? [] {
            let line = Self.trimmed(line)
            if line.hasPrefix("[") {
                isRemote = line.lowercased().hasPrefix("[remote \"")
            } else if isRemote, let equals = line.firstIndex(of: "="),
                Self.trimmed(line[..<equals]).lowercased() == "url"
            {
                let value = Self.trimmed(line[line.index(after: equals)...])
                return value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }) : value
            }
        }
        return nil
    }

    /// An address may carry a token before its `@`; `git@host:path` is no address and carries none.
    private static func withoutCredentials(_ address: String) -> String {
        guard let start = address.firstRange(of: "://")?.upperBound else { return address }
        let end = address[start...].firstIndex(of: "/") ?? address.endIndex
        guard let at = address[start..<end].lastIndex(of: "@") else { return address }
        return String(address[..<start] + address[address.index(after: at)...])
    }

    /// SHA-1 or SHA-256 in hexadecimal digits.
    private static func isObjectID(_ text: String) -> Bool {
        [40, 64].contains(text.utf8.count) && text.allSatisfy(\.isHexDigit)
    }

    private static func path(_ text: String, from place: String) -> String {
        text.hasPrefix("/") ? text : place + "/" + text
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
    }

    private static func text(_ path: String, limit: Int = 1 << 20) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var found = stat()
        guard fstat(descriptor, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
        let size = min(limit, Int(found.st_size))
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = max(0, read(descriptor, buffer.baseAddress, size))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
