import RunModel
import RunServices
import TestSupport
import Testing

/// SQL must find what the filter language finds: both are asked the same of the same runs.
@Suite struct HostedSearchTests {
    /// Runs that differ in whatever a filter can look at.
    private func fill(_ service: any HostedRunService, _ backend: TestBackend) async throws {
        var generator = SeededGenerator(seed: 11)
        let words = ["alpha", "Beta", "caf\u{E9}", "cafe\u{301}", "it's", "0.5", "10", ""]
        let values: [Double] = [0, -1, 0.25, 0.5, 1e9, .nan, .infinity, -.infinity]
        for index in 0..<60 {
            backend.clock.advance(by: Int64.random(in: 0...2, using: &generator) * 30_000)
            var draft = HostedRunDraft(
                RunDraft(
                    id: RunID("run-\(index)"), experimentName: "experiment \(index % 3)",
                    name: words[index % 7] + "\(index % 5)",
                    parentID: index % 4 == 3 ? RunID("run-\(index - 1)") : nil, user: index % 5 == 0 ? "" : "ana"))
            draft.status = RunStatus.known.randomElement(using: &generator)
            for key in ["a", "b c", "mlflow.x"] where Bool.random(using: &generator) {
                draft.run.tags.set(words.randomElement(using: &generator), forKey: key)
            }
            if index % 6 == 0 { draft.run.tags.set(nil, forKey: "a") }
            if Bool.random(using: &generator) { draft.run.params.set(words[index % 8], forKey: "p") }
            if Bool.random(using: &generator) { draft.run.properties.set(words[index % 8], forKey: "q") }
            let run = try await service.createHosted(draft).run.id
            var entries: [MetricEntry] = []
            for key in ["m", "n"] where Bool.random(using: &generator) {
                entries.append(MetricEntry(key: key, value: .number(values.randomElement(using: &generator) ?? 0)))
            }
            if index % 9 == 0 { entries.append(MetricEntry(key: "m", value: .text("warm"))) }
            if !entries.isEmpty { try await service.logMetrics(entries, to: run) }
        }
        try await service.attach(Stamps.elsewhere, to: service.createRun(RunDraft(experimentName: "silent")).id)
        backend.clock.advance(by: 10_000_000)
    }

    private func all(_ search: RunSearch, of service: any HostedRunService) async throws -> [HostedRun] {
        var search = search
        var runs: [HostedRun] = []
        repeat {
            let page = try await service.search(search)
            #expect(page.items.count <= search.limit)
            runs += page.items
            search.page = page.next
        } while search.page != nil
        return runs
    }

    @Test("H2. A search finds what the filter language finds", arguments: HostedServiceFactory.all)
    func filters(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        try await fill(service, backend)
        let runs = try await service.runs(in: .all, matching: nil, limit: .max)
        let filters = [
            "status = running", "status != Completed", "status:cancel", "status = active",
            "status IN (FINISHED, Failed)",
            "status = NotResponding", "name = alpha0", "name LIKE 'caf%'", "name ILIKE 'BETA%'", "name ~ '^[a-c]'",
            "name !~ '^[a-c]'", "alpha", "id = run-7", "id != run-7", "id IN ('run-1', 'run-2', nobody)", "user = ana",
            "user IS NULL", "user != ana", "experiment = 'experiment 1'", "experiment:1",
            "experiment != 'experiment 1'",
            "parent = run-2", "parent IS NULL", "parent != run-2", "root = run-2", "number > 3", "number = 2",
            "tags.a = alpha", "tags.a != alpha", "tags.a IS NULL", "tags.a IS NOT NULL", "tags.a = ''",
            "tags.a = 'caf\u{E9}'", "tags.`b c` LIKE '%e%'", "tags.a > 5", "tags.mlflow.x = '10'", "tags:alpha",
            "params.p = \"it's\"", "params.p < 3", "params.p IS NULL", "params:10", "properties.q = Beta",
            "properties.q NOT LIKE 'B%'", "properties:caf", "metrics.m < 0.3", "metrics.m <= 0.25", "metrics.m > 0",
            "metrics.m >= 0.5", "metrics.m = 0.5", "metrics.m != 0.5", "metrics.m = nan", "metrics.m != nan",
            "metrics.m = warm", "metrics.m:war", "metrics.m IS NULL", "metrics.m IS NOT NULL", "metrics:war",
            "metrics.m = inf", "metrics.m IN (0, 0.5)", "attention:nan", "attention:silent", "attention != nan",
            "attention IS NULL",
            "attention IN (nan, silent)", "not attention:stalled", "started > 2025-06-15T15:20:00Z", "ended IS NULL",
            "age < 3h",
            "age > 100m", "duration > 1m", "created = 2025-06-15", "started != 2025-06-15",
            "not (status = running or tags.a IS NULL) metrics.m < 1", "status = running or name ~ a and not user = ana",
            "dataset.name = iris", "artifact_uri IS NULL",
        ]
        for text in filters {
            let filter = try Filter.parse(text)
            let now = backend.clock.now
            let expected = SortOrder.standard.sorted(runs.filter { filter.matches($0, at: now) }, at: now)
            let found = try await all(
                RunSearch(.experiments(nil), matching: .filter(filter), limit: 7), of: service)
            #expect(found.map(\.run) == expected, "\(text)")
            let others = try await all(
                RunSearch(.experiments(nil), matching: .not(.filter(filter)), limit: 100), of: service)
            #expect(others.count == runs.count - expected.count, "not \(text)")
        }
    }

    @Test("H2. Orders put what is missing last and NaN before it", arguments: HostedServiceFactory.all)
    func orders(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        try await fill(service, backend)
        let runs = try await service.runs(in: .all, matching: nil, limit: .max)
        let ranks: [RunStatus: Int] = [.failed: 0, .completed: 1, .canceled: 2, .running: 3]
        /// The class of a value (there, NaN, missing), and the value.
        func key(_ key: RunOrder.Key, _ run: Run) -> (Int, MetricValue) {
            func text(_ text: String?) -> (Int, MetricValue) { (text == nil ? 2 : 0, .text(text ?? "")) }
            func number(_ number: Int64?) -> (Int, MetricValue) {
                (number == nil ? 2 : 0, .number(Double(number ?? 0)))
            }
            switch key {
            case .started: return number((run.startedAt ?? run.createdAt).milliseconds)
            case .ended: return number(run.endedAt?.milliseconds)
            case .created: return number(run.createdAt.milliseconds)
            // A silent run is stored as what it was.
            case .status(let ranks):
                let status = run.experimentName == "silent" ? RunStatus.notStarted : run.status
                return number(ranks[status].map { Int64($0) })
            case .name: return text(run.name)
            case .id: return text(run.id.text)
            case .user: return text(run.user.isEmpty ? nil : run.user)
            case .number: return number(run.number.map { Int64($0) })
            case .artifactURI: return text(nil)
            case .param(let key): return text(run.params.value(forKey: key))
            case .property(let key): return text(run.properties.value(forKey: key))
            case .tag(let key): return text((run.tags.value(forKey: key) ?? run.machineTags.value(forKey: key)) ?? nil)
            case .metric(let key):
                guard let value = run.metrics.value(forKey: key)?.value else { return (2, .number(0)) }
                return value.number?.isNaN == true ? (1, .number(0)) : (0, value)
            }
        }
        func isLess(_ left: MetricValue, _ right: MetricValue) -> Bool {
            switch (left, right) {
            case (.number(let left), .number(let right)): left < right
            case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
            case (.number, .text): true
            case (.text, .number): false
            }
        }
        func isInOrder(_ order: [RunOrder], _ left: Run, _ right: Run) -> Bool {
            for part in order + [RunOrder(.started, isDescending: true)] {
                let (one, other) = (key(part.key, left), key(part.key, right))
                if one.0 != other.0 { return one.0 < other.0 }
                if one.0 != 0 { continue }
                if isLess(one.1, other.1) { return !part.isDescending }
                if isLess(other.1, one.1) { return part.isDescending }
            }
            return left.id < right.id
        }
        let keys: [RunOrder.Key] = [
            .started, .ended, .created, .status(ranks), .name, .id, .user, .number, .artifactURI, .metric("m"),
            .metric("none"), .param("p"), .tag("a"), .property("q"),
        ]
        for (index, first) in keys.enumerated() {
            for isDescending in [false, true] {
                let second = RunOrder(keys[(index * 5 + 3) % keys.count], isDescending: !isDescending)
                for order in [
                    [RunOrder(first, isDescending: isDescending)],
                    [RunOrder(first, isDescending: isDescending), second],
                ] {
                    let expected = runs.sorted { isInOrder(order, $0, $1) }.map(\.id.text)
                    for limit in [4, 1_000] {
                        let search = RunSearch(.experiments(nil), order: order, limit: limit)
                        #expect(
                            try await all(search, of: service).map(\.run.id.text) == expected, "\(order) by \(limit)")
                    }
                }
            }
        }
    }

    @Test("H2. Pages neither shift nor repeat while runs come and change", arguments: HostedServiceFactory.all)
    func pages(_ factory: HostedServiceFactory) async throws {
        let (service, backend) = try await factory.make()
        try await fill(service, backend)
        for order in [[], [RunOrder(.metric("m"))], [RunOrder(.name, isDescending: true), RunOrder(.tag("a"))]] {
            let before = try await all(RunSearch(.experiments(nil), order: order, limit: 1_000), of: service)
            var search = RunSearch(.experiments(nil), order: order, limit: 9)
            var seen: [RunID] = []
            repeat {
                let page = try await service.search(search)
                seen += page.items.map(\.run.id)
                search.page = page.next
                let draft = HostedRunDraft(RunDraft(experimentName: "new", name: "zzz"), status: .running)
                let made = try await service.createHosted(draft).run.id
                try await service.logMetrics([MetricEntry(key: "m", value: .number(-9e99))], to: made)
            } while search.page != nil
            #expect(Set(seen).count == seen.count)
            #expect(Set(before.map(\.run.id)).isSubset(of: seen))
        }
        let page = try await service.search(RunSearch(.experiments(nil), limit: 1))
        let other = RunSearch(.experiments(nil), order: [RunOrder(.name)], limit: 1, page: page.next)
        #expect(await refusal { try await service.search(other) }?.code == .invalid)
        let garbage = RunSearch(.experiments(nil), limit: 1, page: PageToken("2 zz t99999999999:x"))
        #expect(await refusal { try await service.search(garbage) }?.code == .invalid)
    }

    @Test(
        "H2. Searches look at some experiments, at stages, data sets and addresses", arguments: HostedServiceFactory.all
    )
    func subjects(_ factory: HostedServiceFactory) async throws {
        let (service, _) = try await factory.make()
        var ids: [ExperimentID] = []
        for index in 0..<4 {
            let run = try await service.createHosted(
                HostedRunDraft(
                    RunDraft(id: RunID("r\(index)"), experimentName: "e\(index)"), artifactURI: "s3://b/\(index)"))
            ids.append(run.run.experimentID)
        }
        func found(_ search: RunSearch) async throws -> Set<String> {
            Set(try await service.search(search).items.map(\.run.id.text))
        }
        #expect(try await found(RunSearch(.experiments([ids[1]]), limit: 9)) == ["r1"])
        #expect(
            try await found(RunSearch(.experiments([ids[1], ids[2], ExperimentID("x")]), limit: 9)) == ["r1", "r2"])
        #expect(try await found(RunSearch(.experiments([]), limit: 9)).isEmpty)
        #expect(try await found(RunSearch(.runs([RunID("r3"), RunID("x")]), limit: 9)) == ["r3"])
        try await service.setStage(.deleted, of: [RunID("r0")])
        #expect(try await found(RunSearch(.experiments(nil), view: .deleted, limit: 9)) == ["r0"])
        #expect(try await found(RunSearch(.experiments(nil), view: .all, limit: 9)).count == 4)
        #expect(try await found(RunSearch(.experiments(nil), limit: 0)).isEmpty)
        let data = Dataset(name: "iris", digest: "d", sourceType: "t", source: "s")
        let input = DatasetInput(dataset: data, tags: Tags([(DatasetInput.contextTag, "train")]))
        try await service.record(HostedRunEdit(datasets: [input]), on: RunID("r2"))
        for (text, expected) in [
            ("dataset.name = iris", ["r2"]), ("dataset.context LIKE 'tr%'", ["r2"]), ("dataset.digest = x", []),
            ("dataset.name != iris", []), ("artifact_uri = 's3://b/3'", ["r3"]),
            ("artifact_uri LIKE 's3:%'", ["r1", "r2", "r3"]),
        ] {
            let search = RunSearch(.experiments(nil), matching: .filter(try Filter.parse(text)), limit: 9)
            #expect(try await found(search) == Set(expected), "\(text)")
        }
        let summary = DatasetSummary(experimentID: ids[2], name: "iris", digest: "d", context: "train")
        #expect(try await service.datasets(in: ids, limit: 9) == [summary])
    }
}
