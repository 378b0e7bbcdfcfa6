import RunModel
import Testing

/// MLflow's filters mean here what they mean there: the ids are what `mlflow.utils.search_utils.SearchUtils.filter` of
/// MLflow 3.17.2 returned for the same four runs.
struct FilterMLflowTests {
    private static let runs = [
        sampleRun(
            "a1", name: "painted-bee", status: .running, started: 1_700_000_000_000, user: "ana",
            tags: [("mlflow.parentRunId", "x"), ("team", "Vision"), ("q", "it''s")],
            params: [("lr", "0.1"), ("odd key", "xyz")], metrics: [("loss", .number(0.2)), ("m 1", .number(2))]),
        sampleRun(
            "b2", name: "Sweep 1", status: .completed, started: 1_800_000_000_000, ended: 1_800_000_001_000,
            tags: [("team", "vision"), ("e", "")], params: [("lr", "0.01")], metrics: [("loss", .number(.nan))]),
        sampleRun(
            "c3", name: "sweep_2", status: .canceled, started: 1_700_000_000_001, ended: 1_700_000_500_000, user: "bob",
            tags: [("q", "it's"), ("x y", "1"), ("b", #"C:\"#)], metrics: [("loss", .number(-1e-5))]),
        sampleRun(
            "d4", name: "x%y", status: .failed, started: 0, ended: 5, user: "bob", tags: [("q", #"a"b"#)],
            params: [("lr", "auto")], metrics: [("loss", .number(.infinity)), ("val/acc", .number(0.5))]),
    ].map { run in
        // MLflow has one moment for both.
        var run = run
        run.createdAt = run.startedAt ?? run.createdAt
        return run
    }

    @Test(arguments: [
        (#"metrics.loss < 0.3"#, "a1,c3"),
        (#"metrics.loss != 0.2"#, "b2,c3,d4"),
        (#"metric.loss >= -1e-5"#, "a1,c3,d4"),
        (#"metrics.loss = 0.2"#, "a1"),
        (#"metrics."m 1" > 1"#, "a1"),
        (#"metrics.`m 1` >= 2"#, "a1"),
        (#"metrics.loss > -5"#, "a1,c3,d4"),
        (#"metrics.loss < 1E3"#, "a1,c3"),
        (#"metrics.loss<.3"#, "a1,c3"),
        (#"params.lr = "0.1""#, "a1"),
        (#"params.lr != '0.1'"#, "b2,d4"),
        (#"param.lr LIKE '0.%'"#, "a1,b2"),
        (#"parameters.lr like '0._'"#, "a1"),
        (#"parameter.`odd key` = 'xyz'"#, "a1"),
        (#"params."odd key" ILIKE 'X%'"#, "a1"),
        (#"tags.mlflow.parentRunId = 'x'"#, "a1"),
        (#"tag.team = 'vision'"#, "b2"),
        (#"tags.team ILIKE 'VIS%'"#, "a1,b2"),
        (#"tags.team LIKE 'VIS%'"#, ""),
        (#"tags.q = 'it''s'"#, "a1"),
        (#"tags.q = "it's""#, "c3"),
        (#"tags.q = 'a"b'"#, "d4"),
        (#"tags.q = 'it\'s'"#, ""),
        (#"tags.b = 'C:\'"#, "c3"),
        (#"tags.e = ''"#, "b2"),
        (#"tags.e LIKE ''"#, "b2"),
        (#"tags.e LIKE '%'"#, "b2"),
        (#"tags."x y" = '1'"#, "c3"),
        (#"tags.`x y`='1'"#, "c3"),
        (#"attributes.status = 'RUNNING'"#, "a1"),
        (#"status = 'FINISHED'"#, "b2"),
        (#"status != 'FINISHED' AND status != 'KILLED' and attr.status != "FAILED""#, "a1"),
        (#"status LIKE 'F%'"#, "b2,d4"),
        (#"status ILIKE '%ed'"#, "b2,c3,d4"),
        (#"run.status = 'KILLED'"#, "c3"),
        (#"attribute.run_id = 'a1'"#, "a1"),
        (#"run_id IN ('a1', 'b2')"#, "a1,b2"),
        (#"run_id NOT IN ('a1','b2')"#, "c3,d4"),
        (#"run_id in ("a1")"#, "a1"),
        (#"run_id = "c3""#, "c3"),
        (#"run_name = 'Sweep 1'"#, "b2"),
        (#"run_name LIKE 'sweep%'"#, "c3"),
        (#"run_name ILIKE 'SWEEP%'"#, "b2,c3"),
        (#"`run name` ILIKE 'sweep_1'"#, "b2"),
        (#"attributes.`Run name` = 'x%y'"#, "d4"),
        (#"attributes."Run Name" = 'x%y'"#, "d4"),
        (#"user_id = 'bob'"#, "c3,d4"),
        (#"user_id = ''"#, "b2"),
        (#"start_time > 1700000000000"#, "b2,c3"),
        (#"attributes.start_time >= 1700000000000 AND metrics.loss < 1"#, "a1,c3"),
        (#"start_time = 0"#, "d4"),
        (#"end_time < 1700000500001"#, "c3,d4"),
        (#"end_time != 5"#, "b2,c3"),
        (#"created > 1700000000000"#, "b2,c3"),
        (#"Created = 0"#, "d4"),
        (#"tags.missing != 'x'"#, ""),
        (#"metrics.missing != 1"#, ""),
        (#"tags.team='Vision'AND params.lr="0.1""#, "a1"),
        (#""#, "a1,b2,c3,d4"),
        (#"tags.team    =    'Vision'"#, "a1"),
        (#"tags.team is null"#, "c3,d4"),
        (#"tags.q is not null"#, "a1,c3,d4"),
        (#"params.lr IS NULL"#, "c3"),
    ])
    func means(filter: String, ids: String) throws {
        let parsed = try Filter.parse(filter)
        let found = FilterMLflowTests.runs.filter { parsed.matches($0, at: now) }.map(\.id.text)
        #expect(found.joined(separator: ",") == ids)
        let canonical = try Filter.parse(parsed.expression.description)
        #expect(FilterMLflowTests.runs.filter { canonical.matches($0, at: now) }.map(\.id.text) == found)
    }

    @Test func moreIsAllowedThanThere() throws {
        // MLflow refuses these; here they have a meaning.
        for filter in ["metrics.loss < 0.3 or metrics.loss > 1", "(metrics.loss < 0.3)", "params.lr = 0.1"] {
            #expect(try !FilterMLflowTests.runs.filter(Filter.parse(filter).passes).isEmpty, "\(filter)")
        }
    }

    @Test(arguments: [
        "artifact_uri = 'x'", "artifact_uri != 'x'", "artifact_uri LIKE '%'", "dataset.name = 'mnist'",
        "datasets.digest IN ('a', 'b')", "dataset.context != 'train'",
    ])
    func whatNoRunHasNeverMatches(filter: String) throws {
        let parsed = try Filter.parse(filter)
        #expect(parsed.matchingIndices(in: FilterMLflowTests.runs, at: now).isEmpty)
    }
}

extension Filter {
    fileprivate func passes(_ run: Run) -> Bool { matches(run, at: now) }
}
