import RunModel

/// Filters that look at every part of a run.
enum FilterSample {
    static let all: [Filter] = [
        "age < 1d or duration > 1h or started > 2026-11-24 or ended < 1 or created >= 2026",
        "number > 1e300 or number : 5",
        "metrics.loss < 0.3 or metrics.loss = nan or metrics:x or tags:x or params:x or properties:x",
        "tags.quality ~ '^a+$' or name like '%a_' or status:active or user is null or root = a or parent = a",
    ].compactMap { try? Filter.parse($0) }
}

extension FuzzTarget {
    /// The filter language.
    static let filter = FuzzTarget(
        "filter", rounds: 1_500,
        seeds: [
            #"status:running tag.quality="fantastic run" metrics.loss < 0.3 or (name ~ "^sweep" and not user = ana) age<2d"#,
            "started >= 9223372036854775806 ended < -9223372036854775808 duration > 9e15w age = 99999999999999999999d",
            #"name ~ '(((a{9}){9}){9}){9}(b+)+[[:alpha:]]{2,}' or name !~ '(?i)\d{,3}|(?:x)*'"#,
            "((((((((((not not -a))))))))))",
            "params.`a``b` in ('x', \"y\",) tags.é is not null started = 0000-02-29T23:59:59.9",
            String(repeating: "(", count: 5_000), String(repeating: "not ", count: 5_000),
            "name ilike '%%%%%%_' number = 1e308 metrics.x > -inf metrics.y : 5e-324",
        ]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        var reader = FuzzReader(bytes)
        var run = Run(
            id: RunID("a"), experimentID: ExperimentID("1"), name: text, number: Int(reader.integer()),
            status: .running,
            createdAt: Timestamp(milliseconds: reader.integer()), startedAt: Timestamp(milliseconds: reader.integer()),
            endedAt: Timestamp(milliseconds: reader.integer()))
        run.tags = Tags([("quality", text), (text, nil)])
        run.metrics = LatestMetrics([
            ("loss", MetricPoint(step: 0, timestamp: run.createdAt, value: .number(reader.double())))
        ])
        let now = Timestamp(milliseconds: reader.integer())
        if let filter = try? Filter.parse(text) {
            _ = filter.matches(run, at: now)
            _ = filter.dependsOnTime
            guard let again = try? Filter.parse("\(filter.expression)") else {
                preconditionFailure("\(filter.expression) cannot be read again")
            }
            precondition(again.expression == filter.expression)
        }
        for filter in FilterSample.all { _ = filter.matches(run, at: now) }
        let vocabulary = FilterVocabulary(tagKeys: ["quality", text], tagValues: [text: [text]])
        _ = Filter.completions(for: text, at: Int(reader.byte()), vocabulary: vocabulary)
    }
}
