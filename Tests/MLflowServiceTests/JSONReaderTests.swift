import Foundation
import MLflowWire
import TestSupport
import Testing

@testable import MLflowService

/// The fast reader beside Foundation's decoder: where it says anything, both say the same.
struct JSONReaderTests {
    private static let run = #"""
        {"info":{"run_uuid":"0123456789abcdef0123456789abcdef","run_id":"0123456789abcdef0123456789abcdef",
          "experiment_id":"1","run_name":"tab\t, quote \" and \u00e9\ud83d\ude00é","user_id":"ana","status":"RUNNING",
          "start_time":1750000000000,"end_time":"1750000000001","artifact_uri":"mlflow-artifacts:/1",
          "lifecycle_stage":"active"},
        "data":{"metrics":[{"key":"loss","value":0.25,"timestamp":1750000000000,"step":7},
            {"key":"m","value":"-Infinity","timestamp":17.5,"step":"-3"},{"key":"e","value":-1.5e-7}],
          "params":[{"key":"lr","value":"0.1"},{"key":"empty","value":""},{"key":"none"}],
          "tags":[{"key":"mlflow.source.git.commit","value":"00112233445566778899aabbccddeeff00112233"},
            {"key":"mlflow.source.git.commit","value":null}]},
        "inputs":{"dataset_inputs":[{"x":[true,false,null,-0.5E+2,"\\"]}]},"outputs":{}}
        """#

    private func foundation<Answer: Decodable>(_ json: String) -> Answer? {
        try? JSONDecoder().decode(Answer.self, from: Data(json.utf8))
    }

    /// What went into a run and what it has made are nothing to an adapter, and the fast reader skips them.
    private static func lean(_ run: WireRun) -> WireRun { WireRun(info: run.info, data: run.data) }

    private static func lean(_ list: WireRunList?) -> WireRunList? {
        list.map { WireRunList(runs: $0.runs?.map(lean), nextPageToken: $0.nextPageToken) }
    }

    @Test func `a page of runs is read`() throws {
        let json = #"{"runs":[\#(Self.run),\#(Self.run)],"next_page_token":"more"}"#
        let list = try #require(WireRunList(quickly: Array(json.utf8)))
        #expect(list == Self.lean(foundation(json)))
        #expect(list.runs?.count == 2)
        #expect(list.runs?.first?.info.name == "tab\t, quote \" and é😀é")
        let answer = #"{"run":\#(Self.run)}"#
        let whole: WireRunAnswer? = foundation(answer)
        #expect(WireRunAnswer(quickly: Array(answer.utf8)) == whole.map { WireRunAnswer(run: Self.lean($0.run)) })
        let points = #"{"metrics":[{"key":"loss","value":1,"timestamp":2,"step":3,"run_id":"a"}]}"#
        #expect(WireMetricList(quickly: Array(points.utf8)) == foundation(points))
        #expect(WireMetricList(quickly: Array(points.utf8))?.metrics?.first?.runID == "a")
    }

    @Test(arguments: [
        "", "{", "[]", "null", "{}", #"{"detail":"no"}"#, #"{"runs":5}"#, #"{"runs":[{}]}"#, #"{"runs":[]} x"#,
        #"{"runs":[],}"#, #"{"runs":[]"next_page_token":""}"#, #"{"runs":[{"info":{"run_id":1}}]}"#,
        #"{"runs":[{"info":{"run_id":"a","start_time":{}}}]}"#, #"{"runs":[{"info":{"run_id":"a","start_time":01}}]}"#,
        #"{"runs":[{"info":{"run_id":"a","start_time":1e999}}]}"#, #"{"runs":[{"info":{"run_id":"\ud800"}}]}"#,
        #"{"runs":[{"info":{"run_id":"\x"}}]}"#, "{\"runs\":[{\"info\":{\"run_id\":\"a\nb\"}}]}",
        #"{"runs":[{"info":{"run_id":"a"},"x":"# + String(repeating: "[", count: 100_000) + "}",
    ])
    func `what needs a closer look is left to Foundation`(_ json: String) {
        #expect(WireRunList(quickly: Array(json.utf8)) == nil)
    }

    @Test func `invalid UTF-8 is left to Foundation`() {
        var bytes = Array(#"{"runs":[{"info":{"run_id":"a"}}]}"#.utf8)
        let index = bytes.lastIndex(of: UInt8(ascii: "a")) ?? 0
        bytes[index] = 0xff
        #expect(WireRunList(quickly: bytes) == nil)
    }

    @Test func `damaged bytes are never read as something else`() {
        var random = SeededGenerator(seed: 11)
        let whole = Array(#"{"runs":[\#(Self.run)],"next_page_token":"more"}"#.utf8)
        var read = 0
        for _ in 0..<4_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(#"{}[]",:0-e.\u"#.utf8.randomElement(using: &random) ?? 0, at: place)
                default: bytes.removeSubrange(place...)
                }
                if bytes.isEmpty { bytes = whole }
            }
            guard let quick = WireRunList(quickly: bytes) else { continue }
            read += 1
            let slow = Self.lean(try? JSONDecoder().decode(WireRunList.self, from: Data(bytes)))
            #expect("\(quick)" == slow.map { "\($0)" }, "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(read > 100)
    }
}
