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

    /// Requests of Azure's client.
    static let azure = FuzzTarget(
        "azure", rounds: 1_000,
        seeds: [
            #"{"runId":"a","tags":{"k":null,"n":5},"startTimeUtc":"2026-11-23T23:43:20.5310340+00:00","status":"Running"}"#,
            #"{"name":"Microsoft.MachineLearning.Run.Error","data":{"ErrorResponse":{"error":{"code":"x"}}}}"#,
            #"{"values":[{"name":"m","columns":{"m":"double"},"value":[{"step":9223372036854775807,"data":{"m":NaN}}]}]}"#,
            #"{"Configuration":{"script":"a.py","arguments":["-n",5],"environment":{"python":{"userManagedDependencies":true}}}}"#,
            #"((Tags/a b ne null or Tags/a b eq null) and (Status eq Failed) and (CreatedUtc ge 2026-11-23T23:43:20Z))"#,
            #"{"filter":"Name eq \"x\"","top":-1,"viewType":"All"}"#, "StartTimeUtc desc,RunNumber asc",
            "--mark\r\nContent-Disposition: form-data; filename=\"definition.json\"\r\n\r\n{}\r\n--mark--",
            "<BlockList><Latest>QQ==</Latest></BlockList>", "e30.eyJuYW1lIjoiYSJ9.bG9jYWw", "2026-11-23T23:43:20-23:59",
        ]
    ) { bytes in AzureRequestCheck.read(bytes) }
}
