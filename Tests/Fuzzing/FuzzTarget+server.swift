import MLflowMeaning
import RunServer

extension FuzzTarget {
    /// Bodies of requests: what is taken for JSON is shown again without a trap.
    static let requests = FuzzTarget(
        "requests",
        seeds: [
            #"{"run_id":"a","metrics":[{"key":"m","value":1e-5,"timestamp":17,"step":-3}],"tags":null}"#,
            #"{"a":"\u00e9\ud83d\ude00\n","b":[true,false,NaN,-Infinity,{}]}"#, "[[[[[[]]]]]]", #""twice""#,
        ]
    ) { bytes in RequestCheck.read(bytes) }

    /// Filters and orders as MLflow's clients write them.
    static let searches = FuzzTarget(
        "searches",
        seeds: [
            "metrics.loss < 0.5 AND tags.`a b` LIKE '%x%'", "run_id IN ('a', \"b\",)", "params.\"k\" IS NOT NULL",
            "attributes.start_time >= -1.5e3 and dataset.name = 'x'", "metrics.loss DESC",
        ]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        for grammar in [MLflowSearchGrammar.runs, .experiments, .models] {
            let reader = MLflowSearchReader(grammar)
            _ = try? reader.clauses(text)
            _ = try? reader.order(text)
        }
    }
}
