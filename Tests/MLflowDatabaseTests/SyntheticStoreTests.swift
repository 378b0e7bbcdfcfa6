import MLflowMeaning
import MLflowService
import MLflowStores
import RunModel
import RunServices
import TestSupport
import Testing

/// The stores that tests and benchmarks of many runs stand on are stores of MLflow's.
@Suite struct SyntheticStoreTests {
    @Test func whatIsMadeUpIsReadByMLflowAndByUs() async throws {
        let directory = try TemporaryDirectory()
        let (database, files) = (directory.path + "/mlflow.db", directory.path + "/mlruns")
        try await MLflowSyntheticStore.makeDatabase(at: database, runs: 40, experiments: 3)
        try await MLflowSyntheticStore.makeFiles(at: files, runs: 40, experiments: 3)
        let contents = try await MLflowStores.read(["sqlite:///\(database)", "file://\(files)"])
        let services: [any RunService] = [
            try MLflowDatabase(at: database) { Timestamp(milliseconds: 1_750_000_000_000) },
            try MLflowFileStore(at: files) { Timestamp(milliseconds: 1_750_000_000_000) },
        ]
        for (content, service) in zip(contents, services) {
            let runs = try await service.runs(in: .all, matching: nil, limit: 100)
            #expect(runs.count == 40)
            #expect(runs.filter { $0.status == .running }.count == 3)
            #expect(runs.filter { $0.parentID != nil }.count == 21)
            for run in runs {
                let theirs = try #require(content.runs[run.id.text])
                #expect(theirs.name == run.name)
                #expect(theirs.status == MLflowMapping.word(for: run.status))
                #expect(theirs.user == run.user)
                #expect(theirs.tags.count == run.tags.count + run.machineTags.count)
                #expect(
                    theirs.params == Dictionary(uniqueKeysWithValues: run.params.entries.map { ($0.key, $0.value) }))
                #expect(Set(theirs.metrics.keys) == Set(run.metrics.keys))
                #expect(theirs.histories["val/loss"]?.count == 10)
            }
        }
    }
}
