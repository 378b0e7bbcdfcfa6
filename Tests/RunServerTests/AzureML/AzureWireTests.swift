import AzureMLWire
import Foundation
import RunModel
import Testing

@testable import RunServer

/// The messages of run history as they are read and written.
struct AzureWireTests {
    @Test(arguments: [
        ("2026-11-23T23:43:20.5310340+00:00", 1_795_477_400_531), ("2026-11-23T23:43:20.56724Z", 1_795_477_400_567),
        ("2026-11-24T00:43:20+01:00", 1_795_477_400_000), ("2026-11-23T23:43:20", 1_795_477_400_000),
        ("1970-01-01T00:00:00Z", 0), ("2024-02-29T12:00Z", 1_709_208_000_000), ("1969-12-31T23:59:59.999Z", -1),
        ("0000-03-01T00:00:00Z", -62_162_035_200_000), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ])
    func `Times are read with any number of digits`(text: String, milliseconds: Int64) {
        #expect(AzureTime(text: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "now", "2026-11-23", "2026-13-01T00:00:00Z", "2026-11-23T25:00:00Z", "2026-11-23T23:43:20+1",
        "2026-11-23T23:43:20Zulu", "99999-01-01T00:00:00Z", "2026-11-23T23:43:20.5Z ",
    ])
    func `What is no time is refused`(text: String) { #expect(AzureTime(text: text) == nil) }

    @Test func `Times are read back as they are written`() {
        for milliseconds in [Int64.min, -62_167_219_200_000, -1, 0, 951_782_399_999, 1_795_477_400_531, .max] {
            let time = AzureTime(milliseconds: milliseconds)
            #expect(AzureTime(text: time.text) == time)
        }
        #expect(AzureTime(milliseconds: 1_795_477_400_531).text == "2026-11-23T23:43:20.531+00:00")
    }

    @Test func `Bare words of Python are read, and left alone within texts`() throws {
        let body = #"{"a":NaN,"b":[-Infinity,Infinity],"c":"NaN, \"NaN\" and \\","d":1}"#
        let value = try AzureCoding.decoded(AzureJSON.self, from: Array(body.utf8))
        #expect(value["a"] == .text("NaN") && value["b"] == .list([.text("-Infinity"), .text("Infinity")]))
        #expect(value["c"] == .text(#"NaN, "NaN" and \"#) && value["d"] == .integer(1))
        let plain = Array(#"{"I":"N"}"#.utf8)
        #expect(PythonJSON.quotingBareWords(plain) == plain)
    }

    @Test func `Tags without a value are null, and numbers become texts`() throws {
        let body = #"{"runId":"a","tags":{"alone":null,"n":5,"b":true},"unknown":{"deep":[1]}}"#
        let dto = try AzureCoding.decoded(CreateRunDto.self, from: Array(body.utf8))
        #expect(dto.tags?.count == 3 && dto.tags?["alone"] == .some(.none))
        #expect(dto.tags?["n"]??.text == "5" && dto.tags?["b"]??.text == "True")
        var run = RunDto(runId: "a", runNumber: 1, rootRunId: "a", status: "Running", dataContainerId: "dcid.a")
        run.tags = ["alone": nil]
        #expect(AzureCoding.text(run).contains(#""tags":{"alone":null}"#))
    }

    @Test func `Tokens carry a secret and a name`() {
        let token = AzureToken.dressed("secret-ü", for: "ana", until: .init(milliseconds: 1_000))
        #expect(token.split(separator: ".").count == 3)
        #expect(AzureToken.secret(in: token) == "secret-ü" && AzureToken.user(in: token) == "ana")
        #expect(AzureToken.secret(in: "plain") == "plain" && AzureToken.user(in: "plain") == nil)
        #expect(AccessTokens(write: "secret-ü").access(authorization: "Bearer \(token)") == .writing)
    }
}
