import JMESPath
import RunModel
import RunReports
import RunServices
import Testing

@Suite struct RunReportTests {
    private func text(_ value: JSONValue) throws -> String {
        try JSONWriter.text(of: value, layout: .compact, escaping: .unprintable)
    }

    private func query(_ expression: String, _ runs: [Run]) throws -> String {
        let list = JSONValue.array(runs.map(RunReport.value(of:)))
        return try text(JMESPathQuery(expression).search(list))
    }

    @Test func hasTheMembersOfTheAzureCLI() throws {
        #expect(
            try text(RunReport.value(of: SampleRun.plain())) == """
                {"runId":"7df7f855","runNumber":3,"experimentId":"1","experimentName":"explore-runs",\
                "displayName":"hello","description":null,"status":"Completed",\
                "createdUtc":"2023-11-14T22:13:20.000+00:00","startTimeUtc":"2023-11-14T22:13:20.531+00:00",\
                "endTimeUtc":"2023-11-14T22:13:32.531+00:00","parentRunId":null,"rootRunId":"7df7f855",\
                "createdBy":{"userName":"ana"},"error":null,\
                "tags":{"quality":"fantastic run","worth another look":null},\
                "properties":{"author":"azureml-user"},"parameters":{"lr":"0.1"},"metrics":{"loss":0.25}}
                """)
    }

    @Test func showsWhatIsAbsentAsNullAndWhatIsNotFiniteAsText() throws {
        let run = SampleRun.extreme()
        #expect(
            try query("[0].[runNumber, createdBy, startTimeUtc, description]", [run])
                == #"[null,null,"0000-01-01T00:00:00.000+00:00","- not: a list"]"#)
        #expect(
            try query("[0].metrics.[nan, inf, \"-inf\", huge, tiny, zero, text]", [run])
                == #"["NaN","Infinity","-Infinity",1.7976931348623157e+308,5e-324,-0.0,"0x1F"]"#)
        #expect(try query("[0].metrics.to_number(inf) > `1`", [run]) == "true")
        #expect(try query("[0].keys(tags)", [run]) == #"["","1e3","a: b"]"#)
        #expect(try query("[0].error.error.message", [run]) == #""line 1\nline 2""#)
    }

    /// The queries of the article that the command line grew from.
    @Test(arguments: [
        ("[?properties.author=='azureml-user'].runId", #"["7df7f855"]"#),
        ("[?tags.keys(@)[?starts_with(@, 'worth another look')]].runId", #"["7df7f855"]"#),
        ("[?properties.author=='azureml-user' && tags.quality=='fantastic run'].runId", #"["7df7f855"]"#),
        ("[?tags.quality=='fantastic run'].runId", #"["7df7f855"]"#),
    ])
    func answersTheArticlesQueries(_ expression: String, _ answer: String) throws {
        var other = SampleRun.plain("0a3b")
        other.tags = Tags()
        other.properties = Properties()
        #expect(try query(expression, [other, SampleRun.plain()]) == answer)
    }

    /// One description serves both, but two writers make something of it.
    @Test(arguments: [SampleRun.plain(), SampleRun.extreme()], [JSONWriter.Layout.compact, .indented])
    func isTheSameAsTextAndAsValue(_ run: Run, _ layout: JSONWriter.Layout) throws {
        var bytes = JSONBytes(layout)
        RunReport.write(run, to: &bytes)
        let written = String(decoding: bytes.take(), as: UTF8.self)
        let value = RunReport.value(of: run)
        #expect(try written == JSONWriter.text(of: value, layout: layout, escaping: .unprintable))
        #expect(try text(JSONReader.read(Array(written.utf8))) == text(value))
    }

    @Test func tellsOfDetails() throws {
        let source = RunSource(command: ["python", "train.py"], directory: "/data", host: "")
        let details = RunDetails(
            run: SampleRun.plain(), source: source, logs: [LogFile(name: "output.log", size: 12, isCommandOutput: true)]
        )
        let query = try JMESPathQuery("{command: source.command, host: source.host, up: supervisor, logs: logs}")
        #expect(
            try text(query.search(RunReport.value(of: details)))
                == #"{"command":["python","train.py"],"host":null,"up":null,"logs":[{"name":"output.log","size":12}]}"#)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000+00:00"), (-1, "1969-12-31T23:59:59.999+00:00"),
        (951_782_400_000, "2000-02-29T00:00:00.000+00:00"), (Int64.max, "9999-12-31T23:59:59.999+00:00"),
        (Int64.min, "0000-01-01T00:00:00.000+00:00"),
    ])
    func writesMoments(_ milliseconds: Int64, _ text: String) {
        #expect(MomentText.utc(Timestamp(milliseconds: milliseconds)) == text)
    }

    @Test(arguments: [
        (0, "0s"), (1, "1ms"), (999, "999ms"), (59_999, "59s"), (124_000, "2m 04s"), (11_100_000, "3h 05m"),
        (198_000_000, "2d 07h"), (-5, "0s"), (Int64.max, "106751991167d 07h"),
    ])
    func writesDurations(_ milliseconds: Int64, _ text: String) {
        #expect(MomentText.duration(milliseconds) == text)
    }
}
