import FileAccess
import RunServices

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the configuration of this user is.
package struct ConfigurationPlace: Equatable, Sendable {
    /// An absolute path; there need be nothing.
    package let path: String
    /// Whether a variable names it, so that it must be there.
    package let isNamed: Bool

    /// `RUNWATCH_CONFIG`, else `$XDG_CONFIG_HOME/runwatch/config.yaml`, else `~/.config/runwatch/config.yaml`; nil without
    /// any of the three. A relative `XDG_CONFIG_HOME` counts as absent, as its specification says.
    package init?(environment: [String: String]) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let named = value("RUNWATCH_CONFIG") {
            path = FileAccess.absolute(named)
            isNamed = true
            return
        }
        isNamed = false
        if let base = value("XDG_CONFIG_HOME"), base.hasPrefix("/") {
            path = FileAccess.absolute(base) + "/runwatch/config.yaml"
        } else if let home = value("HOME") {
            path = FileAccess.absolute(home) + "/.config/runwatch/config.yaml"
        } else {
            return nil
        }
    }

    /// Bytes; what people write by hand is shorter, and another file must not be read whole.
    package static let sizeLimit = 65_536

    /// What the file says; an empty configuration where there is none.
    package func load() throws(ConfigurationFaults) -> ConfigurationFile {
        let name = Shown.path(path)
        guard let stamp = FileStamp(path, followingLinks: true) else {
            let isAbsent = errno == ENOENT || errno == ENOTDIR
            if isAbsent && !isNamed { return ConfigurationFile(path: path) }
            throw fault("this file cannot be read (\(String(cString: strerror(errno)))).")
        }
        if path == "/dev/null" { return ConfigurationFile(path: path) }
        guard stamp.isFile else { throw fault("this is no file; write the configuration there, or remove it.") }
        guard stamp.size <= Self.sizeLimit else {
            throw fault("this file is longer than \(Self.sizeLimit >> 10) KiB, so it is no configuration.")
        }
        // A link is followed: many keep such files elsewhere, under version control.
        guard let real = realpath(path, nil) else {
            throw fault("this file cannot be read (\(String(cString: strerror(errno)))).")
        }
        defer { free(real) }
        guard let bytes = FileAccess.contents(String(cString: real), limit: Self.sizeLimit) else {
            throw fault("this file cannot be read (\(String(cString: strerror(errno)))).")
        }
        var file = try ConfigurationFile(bytes, path: path, name: name)
        file.isThere = true
        file.othersMayRead = stamp.permissions & 0o044 != 0
        return file
    }

    private func fault(_ sentence: String) -> ConfigurationFaults {
        ConfigurationFaults([ConfigurationFault(Shown.path(path), sentence)])
    }
}
