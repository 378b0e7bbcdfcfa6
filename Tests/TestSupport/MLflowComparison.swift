// Not where the runtime is linked in, which brings no Testing: the benchmarks need nothing of this.
#if canImport(Testing)
    import MLflowMeaning
    import MLflowService
    import RunModel
    package import RunServices
    package import Testing

    /// Compares what a service over a store tells with what MLflow's own client tells of the same store.
    package enum MLflowComparison {
        /// Every experiment and run, with all that both know of them; records an issue for each difference.
        package static func check(
            _ service: any RunService, _ content: MLflowStores.Content,
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let experiments = try await service.experiments()
            let names = Dictionary(uniqueKeysWithValues: experiments.map { ($0.id.text, $0.name) })
            #expect(names == content.experiments, sourceLocation: sourceLocation)
            let runs = try await service.runs(in: .all, matching: nil, limit: 1_000)
            #expect(Set(runs.map(\.id.text)) == Set(content.runs.keys), sourceLocation: sourceLocation)
            #expect(experiments.map(\.counts.total).reduce(0, +) == runs.count, sourceLocation: sourceLocation)
            var replica = ChangeReplica()
            try await replica.catchUp(with: service)
            #expect(
                replica.runs == Dictionary(uniqueKeysWithValues: runs.map { ($0.id, $0) }),
                sourceLocation: sourceLocation)
            for run in runs {
                guard let theirs = content.runs[run.id.text] else { continue }
                #expect(Facts(run) == Facts(theirs), sourceLocation: sourceLocation)
                let details = try await service.details(of: run.id)
                #expect(details.run == run, sourceLocation: sourceLocation)
                let topmost = details.logs.compactMap { $0.name.split(separator: "/").first.map(String.init) }
                #expect(Set(topmost) == Set(theirs.artifacts), sourceLocation: sourceLocation)
                let children = try await service.children(of: run.id, recursive: false, matching: nil)
                let theirChildren = content.runs.filter { $0.value.tags["mlflow.parentRunId"] == run.id.text }
                #expect(Set(children.map(\.id.text)) == Set(theirChildren.keys), sourceLocation: sourceLocation)
                let keys = run.metrics.keys.map { MetricSeriesKey(run: run.id, metric: $0) }
                var histories: [String: [String]] = [:]
                for series in try await service.metricSeries(for: keys, maxPoints: 10_000) {
                    histories[series.key.metric] = series.points.map(text).sorted()
                }
                #expect(
                    histories == theirs.histories.mapValues { $0.map(text).sorted() }, sourceLocation: sourceLocation)
            }
        }

        /// What both sides say of a run without being asked for more.
        private struct Facts: Equatable {
            var experiment, name, status, user: String
            var start: Int64?
            var end: Int64?
            var tags, params, metrics: [String: String]

            init(_ run: Run) {
                (experiment, name, user) = (run.experimentID.text, run.name, run.user)
                status = MLflowMapping.word(for: run.status)
                (start, end) = (run.createdAt.milliseconds, run.endedAt?.milliseconds)
                tags = [:]
                for tag in Array(run.tags.entries) + Array(run.machineTags.entries) { tags[tag.key] = tag.value ?? "" }
                for property in run.properties.entries { tags["runwatch.property." + property.key] = property.value }
                params = Dictionary(uniqueKeysWithValues: run.params.entries.map { ($0.key, $0.value) })
                metrics = [:]
                for metric in run.metrics.entries { metrics[metric.key] = number(metric.value.value.number) }
            }

            init(_ run: MLflowStores.RunContent) {
                (experiment, name, status, user) = (run.experiment, run.name, run.status, run.user)
                (start, end) = (run.start, run.end)
                (tags, params) = (run.tags, run.params)
                metrics = run.metrics.mapValues { number(Double($0)) }
            }
        }

        /// An infinity and the greatest number, which stands for it in MLflow's databases, are the same here.
        private static func number(_ value: Double?) -> String {
            guard let value else { return "no number" }
            if value.isNaN { return "nan" }
            return value.magnitude == .greatestFiniteMagnitude ? (value < 0 ? "-inf" : "inf") : "\(value)"
        }

        private static func text(_ point: MetricPoint) -> String {
            "\(point.step) \(point.timestamp.milliseconds) \(number(point.value.number))"
        }

        private static func text(_ theirs: String) -> String {
            var fields = theirs.split(separator: " ").map(String.init)
            fields.append(number(fields.popLast().flatMap { Double($0) }))
            return fields.joined(separator: " ")
        }
    }
#endif
