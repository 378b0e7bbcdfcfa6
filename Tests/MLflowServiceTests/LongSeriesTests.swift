import FileAccess
import Foundation
import RunModel
import RunServices
import TestSupport
import Testing

@testable import MLflowStores

/// Metrics of very many points in an `mlruns` directory.
@Suite struct LongSeriesTests {
    private static let count: Int64 = 20_000

    private static func lines(_ steps: Range<Int64>) -> String {
        steps.map { "\(1_000 + $0) 0.5 \($0)\n" }.joined()
    }

    private struct Scene {
        let stage: FileStage
        let file: String
        let key: MetricSeriesKey

        func series(_ size: Int = 100) async throws -> MetricSeries {
            try #require(try await stage.service.metricSeries(for: [key], maxPoints: size).first)
        }
    }

    private static func scene() async throws -> Scene {
        let stage = try await FileStage()
        let run = try #require(try await stage.run(named: "numbers"))
        let file = stage.folder(of: run) + "/metrics/long"
        try stage.write(lines(0..<count), to: file)
        return Scene(stage: stage, file: file, key: MetricSeriesKey(run: run.id, metric: "long"))
    }

    private func isEven(_ series: MetricSeries) -> Bool {
        let steps = series.points.map(\.step)
        let gaps = zip(steps, steps.dropFirst()).map { $1 - $0 }
        return (gaps.max() ?? 0) - (gaps.min() ?? 0) <= 1 + Int64(series.total / series.points.count)
    }

    @Test func `what is appended is added to the sample`() async throws {
        let scene = try await Self.scene()
        let first = try await scene.series()
        #expect(first.total == Int(Self.count) && first.points.count == 100 && isEven(first))
        #expect((first.points.first?.step, first.points.last?.step) == (0, Self.count - 1))
        try scene.stage.append(Self.lines(Self.count..<Self.count + 500) + "9999", to: scene.file)
        let second = try await scene.series()
        #expect(
            second.total == Int(Self.count) + 500, "a line without end does not count while it may be being written")
        #expect(second.points.last?.step == Self.count + 499)
        #expect(isEven(second))
        try scene.stage.append("9 0.25 70000\n", to: scene.file)
        let third = try await scene.series()
        #expect(third.total == Int(Self.count) + 501)
        #expect(third.points.last?.step == 70_000)
        #expect(try await scene.series(16).points.count == 16)
        #expect(try await scene.series(1_000).points.count == 1_000, "a larger sample than before is read anew")
    }

    @Test func `a last line without end counts once, however often it is read`() async throws {
        let scene = try await Self.scene()
        try scene.stage.append("99999 0.5 99999", to: scene.file)
        try scene.stage.age(scene.file)
        for _ in 0..<3 {
            let series = try await scene.series()
            #expect(series.total == Int(Self.count) + 1)
            #expect(series.points.last?.step == 99_999)
        }
        try scene.stage.append("9\n", to: scene.file)
        #expect(try await scene.series().points.last?.step == 999_999)
    }

    @Test func `a file that begins anew is read anew`() async throws {
        let scene = try await Self.scene()
        _ = try await scene.series()
        try scene.stage.write(Self.lines(5..<9), to: scene.file)
        #expect(try await scene.series().points.map(\.step) == [5, 6, 7, 8])
        let other = scene.file + ".new"
        try scene.stage.write(Self.lines(7..<Self.count + 700), to: other)
        #expect(rename(other, scene.file) == 0)
        #expect(try await scene.series().points.first?.step == 7)
    }

    @Test func `a line longer than a piece is no point, and what follows it is`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/m"
        let text = "1 0.5 0\n" + String(repeating: "7", count: 900_000) + " 1 1\n2 0.5 2\n3 0.5"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        let handle = open(path, O_RDONLY)
        defer { close(handle) }
        var (position, steps): (Int64, [Int64]) = (0, [])
        #expect(MetricFile.read(handle, from: &position, to: Int64(text.utf8.count)) { steps.append($0.step) })
        #expect(steps == [0, 2])
        #expect(position == Int64(text.utf8.count - "3 0.5".utf8.count))
    }
}
