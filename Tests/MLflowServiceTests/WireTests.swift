import Foundation
import MLflowWire
import Testing

/// Answers as servers from 1.x to 3.17 write them.
struct WireTests {
    private func decode<Answer: Decodable>(_ json: String) throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: Data(json.utf8))
    }

    @Test(arguments: [
        // 1.x: one name of the id, int64 as proto3 writes it, and what is empty left out.
        #"{"info":{"run_uuid":"a","experiment_id":"1","status":"FINISHED","start_time":"1700000000123","end_time":"5"}}"#,
        #"""
        {"info":{"run_id":"a","experiment_id":"1","status":"FINISHED","start_time":1700000000123,"end_time":5}, "data":{},
        "inputs":{"dataset_inputs":[]},"outputs":{},"something_new":[1,{"deep":null}]}
        """#,
        #"""
        {"info":{"run_uuid":"a","run_id":"a","experiment_id":"1","run_name":null,"user_id":null,"status":"FINISHED",
        "start_time":1700000000123.0,"end_time":5.4,"lifecycle_stage":null},"data":{"metrics":null,"params":null}}
        """#,
    ])
    func `a run of any version`(_ json: String) throws {
        let run: WireRun = try decode(json)
        #expect(run.info.runID == "a")
        #expect(run.info.experimentID == "1")
        #expect(run.info.status == "FINISHED")
        #expect(run.info.startTime == 1_700_000_000_123)
        #expect(run.info.endTime == 5)
        #expect(run.data?.metrics == nil)
    }

    @Test func `what a server leaves out`() throws {
        let run: WireRun = try decode(#"{"info":{"run_id":"a"},"data":{"tags":[{"key":"k"}],"params":[{"key":"p"}]}}"#)
        #expect(run.info == WireRunInfo(runID: "a", experimentID: ""))
        #expect(
            run.data == WireRunData(params: [WireEntry(key: "p", value: nil)], tags: [WireEntry(key: "k", value: nil)]))
        for empty in ["{}", #"{"runs":[]}"#, #"{"next_page_token":""}"#, #"{"runs":null,"more":1}"#] {
            let list: WireRunList = try decode(empty)
            #expect(list.runs?.isEmpty != false)
            #expect(list.nextPageToken?.isEmpty != false)
        }
        let experiment: WireExperiment = try decode(#"{"experiment_id":"0"}"#)
        #expect(experiment == WireExperiment(experimentID: "0", name: ""))
        let files: WireArtifactList = try decode(#"{"root_uri":"mlflow-artifacts:/0"}"#)
        #expect(files.files == nil)
    }

    @Test(
        arguments: [
            ("1", 1), ("\"NaN\"", .nan), ("\"Infinity\"", .infinity), ("\"-Infinity\"", -.infinity), ("\"2.5\"", 2.5),
            ("1.7976931348623157e+308", .greatestFiniteMagnitude), ("-0.0", -0.0), ("5e-324", .leastNonzeroMagnitude),
        ] as [(String, Double)])
    func `the value of a metric`(_ json: String, _ value: Double) throws {
        let metric: WireMetric = try decode(
            #"{"key":"loss","value":\#(json),"timestamp":"9007199254740993","step":"-3"}"#)
        #expect(metric.value.bitPattern == value.bitPattern || metric.value.isNaN && value.isNaN)
        #expect(metric.timestamp == 9_007_199_254_740_993)
        #expect(metric.step == -3)
        let again: WireMetric = try decode(String(decoding: try JSONEncoder().encode(metric), as: UTF8.self))
        #expect(again == metric || value.isNaN && again.value.isNaN)
    }

    @Test(arguments: [
        (#"{"detail":"Not Found"}"#), (#"{"error_code":"INTERNAL_ERROR"}"#), "[]", "null", "7", #""runs""#, "",
        #"{"runs":{}}"#, #"{"runs":[7]}"#, #"{"runs":[{}]}"#, #"{"runs":[{"info":{}}]}"#,
    ])
    func `what is no list of runs`(_ json: String) {
        #expect(throws: DecodingError.self) { let _: WireRunList = try decode(json) }
    }

    @Test func `an answer cut at any place is none`() throws {
        let json = #"{"runs":[{"info":{"run_id":"ä","start_time":12},"data":{"tags":[{"key":"k","value":"é"}]}}]}"#
        let whole = Array(json.utf8)
        for length in whole.indices {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(WireRunList.self, from: Data(whole[..<length]))
            }
        }
        #expect(try JSONDecoder().decode(WireRunList.self, from: Data(whole)).runs?.count == 1)
    }
}
