import Foundation
import Testing

/// A process's resident memory over the time of a soak test.
struct SoakMemory {
    private let plan: SoakPlan
    private let pid: pid_t
    private var samples: [(at: Duration, megabytes: Double)] = []
    private var nextReport = Duration.seconds(60)

    init(_ plan: SoakPlan, of pid: pid_t) {
        self.plan = plan
        self.pid = pid
    }

    mutating func sample(_ now: Duration, _ writer: SoakWriter) {
        guard let megabytes = Self.resident(pid) else { return }
        samples.append((now, megabytes))
        guard plan.isLong, now >= nextReport else { return }
        nextReport = now + .seconds(60)
        let minutes = now.components.seconds / 60
        let text = "\(minutes) min: \(writer.changes) changes, \(writer.expected.count) events, \(megabytes) MB\n"
        FileHandle.standardError.write(Data(text.utf8))
    }

    /// Compares what it was after the warm-up with what it was at the end, each as the middle of a quarter of all samples.
    func judge() {
        let settled = samples.filter { $0.at >= plan.warmUp }
        let quarter = max(1, settled.count / 4)
        // A machine that is too slow for any says nothing of memory.
        guard let before = Self.middle(settled.prefix(quarter)), let after = Self.middle(settled.suffix(quarter)) else {
            return
        }
        #expect(after <= before * (1 + plan.growth) + plan.slack, "from \(before) to \(after) MB")
        if plan.isLong {
            FileHandle.standardError.write(Data("resident memory: \(before) MB, at the end \(after) MB\n".utf8))
        }
    }

    private static func middle(_ samples: ArraySlice<(at: Duration, megabytes: Double)>) -> Double? {
        let sorted = samples.map(\.megabytes).sorted()
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }

    /// In MB (10^6 bytes); nil for a process that has ended.
    private static func resident(_ pid: pid_t) -> Double? {
        let lines = FileBytes.text("/proc/\(pid)/status")?.split(separator: "\n") ?? []
        let words = lines.first { $0.hasPrefix("VmRSS:") }?.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard let words, words.count > 1, let kilobytes = Double(words[1]) else { return nil }
        return (kilobytes * 1_024 / 1e5).rounded() / 10
    }
}
