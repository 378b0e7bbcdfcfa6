import Glibc

/// What the process was started with.
enum Environment {
    /// The value of a variable; nil when it is absent or empty.
    static func value(_ name: String) -> String? {
        guard let text = getenv(name), text.pointee != 0 else { return nil }
        return String(cString: text)
    }

    static var all: [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return variables
    }

    static var currentDirectory: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }

    /// `~` and relative paths spelled out; nothing is resolved, so the file need not exist.
    static func absolutePath(_ path: String) -> String {
        absolutePath(path, in: currentDirectory, home: value("HOME"))
    }

    static func absolutePath(_ path: String, in directory: String, home: String?) -> String {
        var full = path.hasPrefix("/") ? path : directory + "/" + path
        if path == "~" || path.hasPrefix("~/"), let home { full = home + path.dropFirst() }
        return "/" + full.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    /// The name people know this user by; the number when there is none.
    static var userName: String {
        if let name = value("USER") { return name }
        guard let entry = getpwuid(getuid()) else { return String(getuid()) }
        return String(cString: entry.pointee.pw_name)
    }
}
