import Glibc

/// What the figures were measured on, for they mean little without it.
enum MachineNote {
    static func text() -> String {
        var load = [0.0, 0.0, 0.0]
        getloadavg(&load, 3)
        let loads = load.map { ResultTable.fixed($0, 2) }.joined(separator: " ")
        return "\(sysconf(Int32(_SC_NPROCESSORS_ONLN))) processors, \(processorName), load \(loads)"
    }

    private static var processorName: String {
        let line = ProcFile.text("/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
        guard let name = line?.split(separator: ":").last else { return "unknown processor" }
        return String(name.drop { $0 == " " })
    }
}
