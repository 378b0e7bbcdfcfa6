import Glibc
import ProcessTable

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
        if path.hasPrefix("/") { return path }
        if path == "~" || path.hasPrefix("~/"), let home = value("HOME") { return home + path.dropFirst() }
        return currentDirectory + "/" + path
    }

    static var hostName: String { ProcessTable.hostName }

    /// The name people know this user by; the number when there is none.
    static var userName: String {
        if let name = value("USER") { return name }
        guard let entry = getpwuid(getuid()) else { return String(getuid()) }
        return String(cString: entry.pointee.pw_name)
    }
}
