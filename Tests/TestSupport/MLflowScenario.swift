// Not where the runtime is linked in, which brings no Testing: the benchmarks need nothing of this.
#if canImport(Testing)
    import RunModel
    package import RunServices
    package import Testing

    /// All that runwatch writes into a store of MLflow's, and what MLflow's client must then tell of it.
    package struct MLflowScenario {
        private let root, child, failed, completed: Run
        private let start: Timestamp

        /// Does what a supervisor and a person do; `clock` is the service's.
        package init(on service: any RunService, _ clock: TestClock) async throws {
            start = clock.now
            let drafts = [
                RunDraft(
                    id: RunID("0a1b2c3d4e5f60718293a4b5c6d7e8f9"), experimentName: "schön / 新", name: "first name",
                    user: "ana", tags: Tags([("gone", "soon"), ("quality", "good")]),
                    properties: Properties([("author", "bo")]), params: Params([("lr", "0.1"), ("model/layers", "3")])),
                RunDraft(
                    experimentName: "schön / 新", name: "child", parentID: RunID("0a1b2c3d4e5f60718293a4b5c6d7e8f9"),
                    params: Params([("empty", ""), ("lines", "a: b\n# c\n")])),
                RunDraft(experimentName: "other", name: "123"), RunDraft(experimentName: "other", name: "null"),
            ]
            let made = try await service.createRuns(drafts)
            try #require(made.count == 4)
            (root, child, failed, completed) = (made[0], made[1], made[2], made[3])
            for run in made { try await service.apply(.start, to: run.id, onBehalfOf: .lifecycle) }
            let values: [Double] = [1, .nan, .infinity, -.infinity, 0.1]
            try await service.logMetrics(
                values.map { MetricEntry(key: "val/loss", value: .number($0)) }
                    + [
                        MetricEntry(key: "nan", value: .number(.nan)),
                        MetricEntry(key: "tiny", value: .number(.leastNonzeroMagnitude)),
                        MetricEntry(key: "inf", value: .number(-.infinity), step: 7, timestamp: clock.now),
                    ], to: root.id)
            try await service.editTags(
                [
                    .set(key: "quality", value: "poor: 'very'\n👍"), .delete(key: "gone"),
                    .set(key: "team/größe", value: ""),
                ], of: root.id)
            try await service.logParams(Params([("late", "yes")]), to: root.id)
            try await service.addProperties(Properties([("dataset", "v2")]), to: root.id)
            try await service.rename(root.id, to: "it's \"new\": [1] #2 👍")
            clock.advance(by: 60_000)
            try await service.cancel(child.id, includingDescendants: true)
            let failure = RunFailure(code: "OutOfMemory", message: "exit status 1")
            try await service.apply(.fail(failure), to: failed.id, onBehalfOf: .person)
            try await service.apply(.complete, to: completed.id, onBehalfOf: .person)
        }

        /// Records an issue for whatever MLflow's client sees otherwise.
        package func check(_ content: MLflowStores.Content, sourceLocation: SourceLocation = #_sourceLocation) throws {
            let told = try [root, child, failed, completed].map { try #require(content.runs[$0.id.text]) }
            let end = start.milliseconds + 60_000
            #expect(told.map(\.status) == ["RUNNING", "KILLED", "FAILED", "FINISHED"], sourceLocation: sourceLocation)
            #expect(
                told.map(\.name) == ["it's \"new\": [1] #2 👍", "child", "123", "null"], sourceLocation: sourceLocation)
            #expect(told.map(\.start) == Array(repeating: start.milliseconds, count: 4), sourceLocation: sourceLocation)
            #expect(told.map(\.end) == [nil, end, end, end], sourceLocation: sourceLocation)
            #expect(
                told.map { content.experiments[$0.experiment] } == ["schön / 新", "schön / 新", "other", "other"],
                sourceLocation: sourceLocation)
            let tags = told[0].tags
            #expect(told[0].user == "ana", sourceLocation: sourceLocation)
            #expect(tags["quality"] == "poor: 'very'\n👍", sourceLocation: sourceLocation)
            #expect(tags["team/größe"] == "", sourceLocation: sourceLocation)
            #expect(tags["gone"] == nil, sourceLocation: sourceLocation)
            #expect(tags["mlflow.runName"] == told[0].name, sourceLocation: sourceLocation)
            #expect(tags["runwatch.property.author"] == "bo", sourceLocation: sourceLocation)
            #expect(tags["runwatch.property.dataset"] == "v2", sourceLocation: sourceLocation)
            #expect(told[1].tags["mlflow.parentRunId"] == root.id.text, sourceLocation: sourceLocation)
            #expect(told[2].tags["runwatch.failure.code"] == "OutOfMemory", sourceLocation: sourceLocation)
            #expect(
                told[0].params == ["lr": "0.1", "model/layers": "3", "late": "yes"], sourceLocation: sourceLocation)
            #expect(told[1].params == ["empty": "", "lines": "a: b\n# c\n"], sourceLocation: sourceLocation)
            let steps = told[0].histories["val/loss"]?.compactMap { $0.split(separator: " ").first.map(String.init) }
            #expect(steps?.sorted() == ["0", "1", "2", "3", "4"], sourceLocation: sourceLocation)
            #expect(told[0].metrics["val/loss"] == "0.1", sourceLocation: sourceLocation)
            #expect(told[0].metrics["nan"] == "nan", sourceLocation: sourceLocation)
            #expect(told[0].metrics["tiny"] == "5e-324", sourceLocation: sourceLocation)
            let infinities = ["-inf", "-1.7976931348623157e+308"]
            #expect(infinities.contains(told[0].metrics["inf"] ?? ""), sourceLocation: sourceLocation)
        }
    }
#endif
