import Foundation
import RunModel
import RunServices
import TensorBoardFiles
import TensorBoardService
import TestSupport
import Testing

/// Files that are written while they are read.
struct GrowingFileTests {
    private static let name = "run/events.out.tfevents.1700000001.host.7.0"

    /// The file of `plain`, with its bytes.
    private static func plain() async throws -> [UInt8] {
        try await LogDirectory.written().bytes(of: "plain/events.out.tfevents.1700000001.host.7.0")
    }

    @Test func `a record that is not whole waits for its end`() async throws {
        let bytes = try await Self.plain()
        let log = try LogDirectory()
        log.set(Timestamp(milliseconds: (LogDirectory.start + 10) * 1_000))
        try log.write([], to: Self.name)
        let service = try log.open()
        var replica = ChangeReplica()
        let key = MetricSeriesKey(run: RunID("run"), metric: "loss")
        var totals: [Int] = []
        // In pieces that end anywhere.
        for start in stride(from: 0, to: bytes.count, by: 7) {
            try log.append(Array(bytes[start..<min(start + 7, bytes.count)]), to: Self.name)
            try await replica.catchUp(with: service)
            let total = try await service.metricSeries(for: [key], maxPoints: 100).first?.total ?? 0
            if totals.last != total { totals.append(total) }
            let latest = replica.runs[key.run]?.metrics.value(forKey: "loss")?.step
            #expect(latest.map { Int($0) + 1 } ?? 0 == total)
        }
        #expect(totals == [0, 1, 2, 3, 4, 5])
        #expect(try await service.details(of: key.run).remarks == nil)
        let anew = try log.open()
        #expect(try await anew.runs(in: .all, matching: nil, limit: 9) == Array(replica.runs.values))
    }

    @Test func `only what is new is read`() async throws {
        let bytes = try await Self.plain()
        let log = try LogDirectory()
        try log.write(bytes, to: Self.name)
        let service = try log.open()
        var replica = ChangeReplica()
        try await replica.catchUp(with: service)
        #expect(replica.runs[RunID("run")]?.metrics.count == 2)
        // The beginning is spoilt, which nobody looks at again, but for a new reader.
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: log.path + "/" + Self.name))
        try handle.write(contentsOf: Data(repeating: 0xee, count: 40))
        try handle.close()
        try log.append(EventRecordTests.record(event(step: 9, tag: "loss", value: 4)), to: Self.name)
        try await replica.catchUp(with: service)
        #expect(replica.runs[RunID("run")]?.metrics.value(forKey: "loss")?.value == .number(4))
        let details = try await log.open().details(of: RunID("run"))
        #expect(details.run.metrics.isEmpty)
        #expect(details.remarks?.first?.contains("is damaged at byte 0") == true)
    }

    @Test func `a record with a wrong checksum is passed over and told of`() async throws {
        let log = try LogDirectory()
        var spoilt = EventRecordTests.record(event(step: 2, tag: "loss", value: 2))
        spoilt[spoilt.count - 6] ^= 1
        let whole = [1, 3].map { EventRecordTests.record(event(step: $0, tag: "loss", value: Float($0))) }
        try log.write(whole[0] + spoilt, to: Self.name)
        let service = try log.open()
        // As the last one it may be being written.
        #expect(try await service.details(of: RunID("run")).remarks == nil)
        try log.append(whole[1], to: Self.name)
        #expect(try await service.points("run", "loss").map(\.step) == [1, 3])
        #expect(try await service.details(of: RunID("run")).remarks?.first?.hasPrefix("1 record of") == true)
    }

    @Test func `a file that was begun anew is read anew`() async throws {
        let log = try LogDirectory()
        func record(_ step: Int64) -> [UInt8] { EventRecordTests.record(event(step: step, tag: "loss", value: 1)) }
        try log.write(record(1) + record(2), to: Self.name)
        let service = try log.open()
        #expect(try await service.points("run", "loss").map(\.step) == [1, 2])
        try FileManager.default.removeItem(atPath: log.path + "/" + Self.name)
        try log.write(record(7), to: Self.name)
        #expect(try await service.points("run", "loss").map(\.step) == [7])
        #expect(try await service.run("run").metrics.value(forKey: "loss")?.step == 7)
    }

    @Test func `runs come and go, and have their parents by what is there`() async throws {
        let log = try LogDirectory()
        let record = EventRecordTests.record(event(step: 1, tag: "loss", value: 1))
        try log.write(record, to: "a/b/c/events.out.tfevents.1.h")
        let service = try log.open()
        var replica = ChangeReplica()
        try await replica.catchUp(with: service)
        #expect(replica.runs.values.map(\.name) == ["a/b/c"])
        try log.write(record, to: "a/events.out.tfevents.2.h")
        try await replica.catchUp(with: service)
        #expect(replica.runs[RunID("a/b/c")]?.parentID == RunID("a") && replica.runs[RunID("a/b/c")]?.name == "b/c")
        try log.write(record, to: "events.out.tfevents.3.h")
        try await replica.catchUp(with: service)
        #expect(replica.runs[RunID("a/b/c")]?.rootID == RunID(".") && replica.runs[RunID(".")]?.name == "logs")
        try FileManager.default.removeItem(atPath: log.path + "/a")
        try await replica.catchUp(with: service)
        #expect(replica.runs.keys.map(\.text) == ["."])
        #expect(
            try await service.experiments().first?.counts
                == StatusCounts([replica.runs[RunID(".")]?.status ?? .failed: 1]))
    }

    @Test func `a run runs while its events are young`() async throws {
        let log = try LogDirectory()
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        log.set(now)
        func record(_ minutes: Double) -> [UInt8] {
            let time = Double(now.milliseconds) / 1_000 + minutes * 60
            return EventRecordTests.record(event(step: 1, tag: "loss", value: 1, time: time))
        }
        try log.write(record(-1), to: "young/events.out.tfevents.1.h")
        try log.write(record(-50), to: "copied/events.out.tfevents.1.h")
        try log.write(record(-35) + record(-20), to: "slow/events.out.tfevents.1.h")
        let service = try log.open()
        var replica = ChangeReplica()
        func statuses() -> [String] { ["young", "copied", "slow"].map { replica.runs[RunID($0)]?.status.word ?? "" } }
        try await replica.catchUp(with: service)
        #expect(statuses() == ["Running", "Inactive", "Running"])
        #expect(replica.runs[RunID("young")]?.endedAt == nil)
        // Time alone ends it.
        log.clock.advance(by: 15 * 60_000)
        try await replica.catchUp(with: service)
        #expect(statuses() == ["Inactive", "Inactive", "Running"])
        log.clock.advance(by: 60 * 60_000)
        try await replica.catchUp(with: service)
        #expect(statuses() == ["Inactive", "Inactive", "Inactive"])
        #expect(replica.runs[RunID("slow")]?.endedAt == now.advanced(byMilliseconds: -20 * 60_000))
    }
}

/// An event with one number, as protocol buffers have it.
/// - Parameter isRestart: of what TensorFlow writes as it begins anew from a checkpoint, instead of a number.
func event(
    step: Int64, tag: String = "loss", value: Float = 1, time: Double = 1_700_000_000, isRestart: Bool = false
) -> [UInt8] {
    func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count < 1 << 14)
        let (low, high) = (UInt8(bytes.count & 0x7f), UInt8(bytes.count >> 7))
        return [number << 3 | 2] + (high == 0 ? [low] : [low | 0x80, high]) + bytes
    }
    func fixed(_ bits: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
    }
    func varint(_ number: Int64) -> [UInt8] {
        number < 128 ? [UInt8(number)] : [UInt8(number & 0x7f) | 0x80] + varint(number >> 7)
    }
    let head = [0x09] + fixed(time.bitPattern, 8) + [0x10] + varint(step)
    if isRestart { return head + field(7, [0x08, 0x01]) }
    let number = field(1, Array(tag.utf8)) + [0x15] + fixed(UInt64(value.bitPattern), 4)
    return head + field(5, field(1, number))
}
