import FileAccess
import Glibc
import RunExecution
import RunServices

/// The program and the machine under it.
enum MachineExamination {
    static var program: [Finding] {
        #if DEBUG
            let build = " (a debug build, several times slower than a release build)"
        #else
            let build = ""
        #endif
        var findings = [
            Finding(.program, "version", Version.current + build),
            Finding(.program, "binary", Shown.path(realPath(OwnBinary.path) ?? CommandLine.arguments.first ?? "?")),
            Finding(.program, "system", system),
        ]
        if let records = OwnershipRecords.standard.directory {
            findings.append(recordsFinding(records))
        } else {
            findings.append(
                Finding(
                    .program, "records", "none",
                    problem: "HOME and XDG_STATE_HOME are unset, so nothing proves which "
                        + "processes are runwatch's, and no cancel can end them; set one."))
        }
        return findings
    }

    /// Where this host notes what it started: without it a cancel from elsewhere ends nothing.
    private static func recordsFinding(_ directory: String) -> Finding {
        let name = Shown.path(directory)
        guard let stamp = FileStamp(directory, followingLinks: true) else {
            return Finding(.program, "records", "\(name), made by the first `runwatch exec`")
        }
        guard access(directory, W_OK) == 0, stamp.permissions & 0o022 == 0 else {
            return Finding(
                .program, "records", name,
                problem:
                    "\(name) must be writable by you alone, or no cancel from elsewhere ends a process; chmod 700 it.")
        }
        var count = 0
        if case .success(let names) = FileAccess.names(in: directory) { count = names.count }
        return Finding(.program, "records", "\(name), \(Counted.text(count, "command"))")
    }

    private static var system: String {
        var names = utsname()
        uname(&names)
        func text<Field>(_ field: Field) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        let kernel = "\(text(names.sysname)) \(text(names.release)) \(text(names.machine))"
        let release = FileAccess.contents(realPath("/etc/os-release") ?? "", limit: 65_536) ?? []
        let line = String(decoding: release, as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix("PRETTY_NAME=") }?.dropFirst(12).filter { $0 != "\"" }
        return (line.map { Shown.text($0) + ", " } ?? "")
            + "\(kernel), \(Counted.text(sysconf(Int32(_SC_NPROCESSORS_ONLN)), "CPU"))"
    }

    static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    static var limits: [Finding] {
        let files = limit(RLIMIT_NOFILE)
        let processes = limit(__RLIMIT_NPROC)
        return [
            Finding(
                .limits, "open files", text(files),
                problem: files < 256
                    ? "fewer than 256 files may be open at a time; raise it with `ulimit -n 1024`." : nil),
            Finding(.limits, "processes", text(processes)), Finding(.limits, "memory", text(limit(RLIMIT_AS))),
        ]
    }

    private static func limit(_ resource: __rlimit_resource) -> UInt {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(resource.rawValue), &limit)
        return UInt(limit.rlim_cur)
    }

    private static func text(_ limit: UInt) -> String { limit > UInt(Int64.max) - 1 ? "unlimited" : "\(limit)" }

    /// Free space where a file is or would be; nil where that cannot be told.
    static func freeBytes(at path: String) -> Int64? {
        var place = path
        var found = statvfs()
        while statvfs(place, &found) != 0 {
            guard let slash = place.lastIndex(of: "/"), place != "/" else { return nil }
            place = slash == place.startIndex ? "/" : String(place[..<slash])
        }
        let (bytes, overflow) = Int64(clamping: found.f_bavail).multipliedReportingOverflow(
            by: Int64(clamping: found.f_frsize))
        return overflow ? .max : bytes
    }

    /// `1.5 GB`; two digits that matter.
    static func bytes(_ count: Int64) -> String {
        let units = ["B", "kB", "MB", "GB", "TB", "PB"]
        var (value, unit) = (Double(max(0, count)), 0)
        while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1_000, unit + 1) }
        let tenths = (value * 10).rounded() / 10
        return (value < 10 && unit > 0 ? "\(tenths)" : "\(Int(value.rounded()))") + " " + units[unit]
    }
}
