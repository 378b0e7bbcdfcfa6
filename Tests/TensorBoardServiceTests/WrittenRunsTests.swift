import RunModel
import RunServices
import TensorBoardService
import TestSupport
import Testing

/// What TensorBoard's own package wrote.
struct WrittenRunsTests {
    @Test func `directories are runs, with those below as child runs`() async throws {
        let service = try await LogDirectory.written().open()
        let runs = try await service.runs(in: .all, matching: nil, limit: 100)
        #expect(
            Set(runs.map(\.id.text)) == [
                "plain", "tf2", "hp", "hp/good", "hp/bad", "torch", "torch/1700000005.25", "curves",
                "curves/loss_train",
                "curves/loss_validation", "restart", "two", "own",
            ])
        #expect(try await service.experiments().map(\.name) == ["logs"])
        #expect(Set(runs.map(\.experimentName)) == ["logs"])
        let child = try #require(runs.first { $0.id.text == "curves/loss_train" })
        #expect(child.name == "loss_train" && child.parentID == RunID("curves") && child.rootID == RunID("curves"))
        #expect(child.metrics.value(forKey: "loss")?.value == .number(0.25))
        #expect(child.startedAt == Timestamp(milliseconds: (LogDirectory.start + 8) * 1_000))
        let below = try await service.children(of: RunID("curves"), recursive: true, matching: nil)
        #expect(below.map(\.name) == ["loss_train", "loss_validation"])
    }

    @Test func `plain numbers are metrics, those that are none too`() async throws {
        let service = try await LogDirectory.written().open()
        let points = try await service.points("plain", "loss")
        #expect(points.map(\.step) == [0, 1, 2, 3, 4])
        #expect(points.map { $0.value.number?.description } == ["1.5", "nan", "inf", "-inf", "0.25"])
        #expect(points[2].timestamp == Timestamp(milliseconds: (LogDirectory.start + 3) * 1_000))
        let run = try await service.run("plain")
        #expect(run.metrics.keys == ["loss", "lr/group 0"])
        let start = run.startedAt.map { $0.milliseconds / 1_000 - LogDirectory.start }
        #expect(start == 1 && run.endedAt == points.last?.timestamp)
    }

    @Test func `tensors of one number are metrics, and nothing else is`() async throws {
        let service = try await LogDirectory.written().open()
        let details = try await service.details(of: RunID("tf2"))
        let values = Dictionary(
            uniqueKeysWithValues: details.run.metrics.entries.map { ($0.key, $0.value.value.number) })
        #expect(
            values == [
                "accuracy": 0.875, "double": 0.1, "count": 0x1p40, "small": -3, "flag": 1, "half": 0.25,
                "one of one": 2,
                "listed": 7, "beside": 3,
            ])
        #expect(details.remarks == nil)
        #expect(try await service.points("tf2", "accuracy").map(\.value.number) == [0.5, 0.75, 0.875])
    }

    @Test func `hparams are parameters, and say how a run ended`() async throws {
        let service = try await LogDirectory.written().open()
        let good = try await service.run("hp/good")
        #expect(good.status == .completed)
        #expect(good.params == Params([("lr", "0.1"), ("batch", "64"), ("optimizer", "adam"), ("nesterov", "true")]))
        #expect(good.properties.value(forKey: "hparams.group") == "sweep 1")
        #expect(good.endedAt == Timestamp(milliseconds: (LogDirectory.start + 90) * 1_000))
        #expect(try await service.run("hp/bad").status == .failed)
        let sweep = try await service.run("hp")
        #expect(sweep.user == "ana" && sweep.descriptionText == "a sweep of two" && sweep.params.isEmpty)
        let failed = try await service.runs(in: .all, matching: .parse("status:failed params.lr > 1"), limit: 9)
        #expect(failed.map(\.id.text) == ["hp/bad"])
    }

    @Test func `the parameters that PyTorch keeps in a directory of their own are the run's`() async throws {
        let service = try await LogDirectory.written().open()
        #expect(try await service.run("torch").params == Params([("depth", "4")]))
        #expect(try await service.run("torch/1700000005.25").params == Params([("depth", "4")]))
        #expect(try await service.run("torch").status == LogState.inactive)
    }

    @Test func `what a restart logged anew counts, and what it goes back behind does not`() async throws {
        let service = try await LogDirectory.written().open()
        #expect(try await service.points("restart", "loss").map(\.value.number) == [9, 8, 1.5, 2])
        #expect(try await service.points("restart", "old").map(\.step) == [1, 2])
        let run = try await service.run("restart")
        #expect(run.metrics.value(forKey: "loss").map { ($0.step, $0.value.number) } ?? (0, 0) == (4, 2))
        #expect(run.metrics.value(forKey: "old")?.step == 2)
        let key = MetricSeriesKey(run: run.id, metric: "loss")
        #expect(try await service.metricSeries(for: [key], maxPoints: 9).first?.total == 4)
    }

    @Test func `several writers make one run`() async throws {
        let service = try await LogDirectory.written().open()
        #expect(try await service.points("two", "loss").map(\.value.number) == Array(0...9).map(Double.init))
        let key = MetricSeriesKey(run: RunID("two"), metric: "loss")
        let sample = try await service.metricSeries(for: [key, key], maxPoints: 4)
        #expect(sample.count == 1 && sample.first?.total == 10 && sample.first?.points.count == 4)
        #expect(sample.first?.points.last?.step == 9)
        #expect(try await service.points("own", "loss").map(\.step) == [0, 1, 2])
    }
}

enum LogState {
    static let inactive = RunStatus.unknown("Inactive")
}
