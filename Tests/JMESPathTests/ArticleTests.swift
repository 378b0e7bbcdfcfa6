import Testing

/// The queries of the article, on documents like those of `az ml run list`.
@Suite struct ArticleTests {
    private let runs = #"""
        [{"runId":"r1","name":"x1","status":"Completed","startTimeUtc":"2026-11-01T08:00:00Z","tags":{"quality":"fantastic run"},"properties":{"author":"azureml-user"}},
         {"runId":"r2","name":"y","status":"Failed","startTimeUtc":"2026-11-02T08:00:00Z","tags":{"quality":"fantastic run"},"properties":{}},
         {"runId":"r3","name":"x2","status":"Completed","startTimeUtc":"2026-11-03T08:00:00Z","tags":{},"properties":{"author":"azureml-user"}}]
        """#

    @Test func work() {
        expect(
            on: runs,
            [
                "[?status=='Completed'].runId": #"["r1","r3"]"#,
                "[?tags.quality=='fantastic run'].runId": #"["r1","r2"]"#,
                "[?properties.author=='azureml-user' && tags.quality=='fantastic run'].runId": #"["r1"]"#,
                "[?starts_with(name, 'x')] | [0].runId": #""r1""#,
                "[?starts_with(name, 'x')] | [0] | keys(@)":
                    #"["runId","name","status","startTimeUtc","tags","properties"]"#,
                "[?tags.quality!=null].runId": #"["r1","r2"]"#,
                "[].{id: runId, status: status} | [1]": #"{"id":"r2","status":"Failed"}"#,
                "length([?status=='Failed'])": "1", "[-1].runId": #""r3""#,
                "[?startTimeUtc > '2026-11-01T12'].runId": #"["r2","r3"]"#,
                "sort_by(@, &startTimeUtc)[::-1].runId": #"["r3","r2","r1"]"#,
                "max_by(@, &startTimeUtc).runId": #""r3""#,
            ])
    }
}
