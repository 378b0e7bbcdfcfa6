import RunModel
import TerminalUI

/// What a run costs its machine, in the run list and on its page.
enum UsageText {
    /// One of the list's columns for it.
    enum Column: String, CaseIterable {
        case cpu, memory, gpu

        var metric: String {
            switch self {
            case .cpu: SystemMetric.cpu
            case .memory: SystemMetric.memory
            case .gpu: SystemMetric.gpu
            }
        }

        var title: String { self == .memory ? "MEM" : rawValue.uppercased() }

        /// Fits `1234%`, `12.3G` and `100%`.
        var width: Int { self == .gpu ? 4 : 5 }

        /// What the newest sample says; nil where no machine told.
        func text(_ run: Run) -> String? {
            guard let number = run.metrics.value(forKey: metric)?.value.number, number.isFinite, number >= 0 else {
                return nil
            }
            return self == .memory ? UsageText.memory(number) : "\(Int(min(number, 99_999).rounded()))%"
        }
    }

    /// Megabytes as `640M`, `1.5G`, `12.3G`, `120G`, as every process viewer has them.
    static func memory(_ megabytes: Double) -> String {
        if megabytes < 999.5 { return "\(Int(megabytes.rounded()))M" }
        let gigabytes = megabytes / 1_000
        if gigabytes >= 999.5 { return "\(tenths(gigabytes / 1_000))T" }
        return gigabytes < 99.95 ? "\(tenths(gigabytes))G" : "\(Int(gigabytes.rounded()))G"
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int(min(value, 1e9) * 10 + 0.5)
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// One line of the run's page: `CPU 310% · memory 12.3G, at most 14.0G · 9 processes · GPU 87%, 38.1G`; empty where no
    /// machine told.
    static func sentence(_ run: Run, _ glyphs: Glyphs) -> String {
        func number(_ key: String) -> Double? {
            run.metrics.value(forKey: key)?.value.number.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
        }
        let isOver = !run.status.isActive
        var parts: [String] = []
        if !isOver, let cpu = Column.cpu.text(run) { parts.append("CPU \(cpu)") }
        if let peak = number(SystemMetric.peakMemory) {
            let now = isOver ? nil : number(SystemMetric.memory)
            parts.append("memory " + (now.map { "\(memory($0)), " } ?? "") + "at most \(memory(peak))")
        }
        if !isOver, let count = number(SystemMetric.processes) {
            parts.append(count == 1 ? "1 process" : "\(Int(min(count, 1e9))) processes")
        }
        if let gpu = Column.gpu.text(run), !isOver {
            parts.append("GPU \(gpu)" + (number(SystemMetric.gpuMemory).map { ", \(memory($0))" } ?? ""))
        }
        if let read = number(SystemMetric.read), let written = number(SystemMetric.written), read + written >= 1 {
            parts.append("disk read \(memory(read)), written \(memory(written))")
        }
        return parts.joined(separator: " \(glyphs.separator) ")
    }
}
