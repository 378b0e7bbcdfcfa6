import RunModel
import RunServices
import Testing

@testable import DashboardCore
@testable import DashboardRuntime

@Suite struct ByteNeedleTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(
        arguments: [
            ("loss", "a loss, a loss", 2, 10), ("loss", "no such", nil, nil), ("x", "x", 0, 0),
            ("long", "lon", nil, nil),
            ("error", "An ERROR or Error", 3, 12), ("Error", "An ERROR or Error", 12, 12), ("日本", "a日本", 1, 1),
            ("aa", "aaaa", 0, 2), ("", "abc", nil, nil),
        ] as [(String, String, Int?, Int?)])
    func firstAndLast(needle: String, text: String, first: Int?, last: Int?) {
        let needle = ByteNeedle(needle)
        #expect(needle.first(in: bytes(text)) == first)
        #expect(needle.last(in: bytes(text), before: 1_000) == last)
    }

    @Test func lastStopsBeforeTheLimit() {
        let needle = ByteNeedle("aa")
        #expect(needle.last(in: bytes("aaaa"), before: 2) == 1)
        #expect(needle.last(in: bytes("aaaa"), before: 1) == 0)
        #expect(needle.last(in: bytes("baa"), before: 1) == nil)
        #expect(needle.last(in: bytes("baa"), before: 0) == nil)
    }
}

@Suite struct LogSearcherTests {
    private static let piece = 1 << 20

    private func search(
        _ text: String, in log: [UInt8], from start: Int, forward: Bool, longestRead: Int = .max
    ) async -> Result<Int64?, RunServiceError> {
        let service = GatedService(log: log, longestRead: longestRead)
        let search = LogSearch(run: RunID("a"), file: "output", text: text, start: Int64(start), isForward: forward)
        return await LogSearcher(service: service, search: search).run()
    }

    /// Matches that begin anywhere around the border between two reads.
    @Test(arguments: [-6, -5, -1, 0]) func matchesAcrossBorders(offset: Int) async {
        var log = [UInt8](repeating: 0x2E, count: Self.piece + 1_000)
        let place = Self.piece + offset
        log.replaceSubrange(place..<place + 6, with: Array("needle".utf8))
        #expect(await search("needle", in: log, from: 0, forward: true) == .success(Int64(place)))
        #expect(await search("needle", in: log, from: place, forward: true) == .success(Int64(place)))
        #expect(await search("needle", in: log, from: place + 1, forward: true) == .success(nil))
        // Backward, the border lies a piece before the start.
        let end = place - offset + Self.piece
        log += [UInt8](repeating: 0x2E, count: end - log.count)
        #expect(await search("needle", in: log, from: end, forward: false) == .success(Int64(place)))
        #expect(await search("needle", in: log, from: place + 1, forward: false) == .success(Int64(place)))
    }

    @Test func aServiceThatGivesLittleAtATimeIsReadToTheEnd() async {
        var log = [UInt8](repeating: 0x2E, count: 5_000)
        log.replaceSubrange(3_998..<4_004, with: Array("needle".utf8))
        for forward in [true, false] {
            let start = forward ? 0 : log.count
            for longestRead in [1_000, 7, 3] {
                #expect(
                    await search("needle", in: log, from: start, forward: forward, longestRead: longestRead)
                        == .success(3_998))
            }
        }
    }

    @Test func backwardSearchFindsTheNearest() async {
        let log = Array("one two one two".utf8)
        #expect(await search("one", in: log, from: 8, forward: false) == .success(0))
        #expect(await search("one", in: log, from: 9, forward: false) == .success(8))
        #expect(await search("one", in: log, from: 0, forward: false) == .success(nil))
        #expect(await search("two", in: log, from: 5, forward: true) == .success(12))
        #expect(await search("three", in: [], from: 0, forward: true) == .success(nil))
    }
}

@Suite struct InspectorTests {
    @Test func descendantsAreFoundOnceAndOnlyWhileActive() async throws {
        let service = GatedService(runs: [
            .make("p"), .make("c", parent: "p"), .make("g", parent: "c"),
            .make("done", status: .completed, parent: "p"),
        ])
        let inspection = try await Inspector(service: service).inspect([RunID("p"), RunID("c")]).get()
        #expect(inspection.runs.map(\.id.text) == ["p", "c"])
        #expect(inspection.activeDescendants.map(\.id.text) == ["g"])
        #expect(Set(inspection.oversight.keys.map(\.text)) == ["p", "c", "g"])
        #expect(inspection.oversight[RunID("g")] == .unsupervised)
    }

    @Test func aWholeSweepIsOneQuestion() async throws {
        let children = (0..<50).map { Run.make("c\($0)", parent: "p") }
        let service = GatedService(runs: [.make("p")] + children)
        let inspection = try await Inspector(service: service).inspect([RunID("p")]).get()
        #expect(inspection.activeDescendants.count == 50)
        #expect(inspection.oversight.count == 51)
        #expect(await service.detailReads.isEmpty)
    }

    @Test func manyAreReadInTheirOrder() async throws {
        let ids = (0..<20).map { "r\($0)" }
        let service = GatedService(runs: ids.map { .make($0) })
        let inspection = try await Inspector(service: service).inspect(ids.map { RunID($0) }).get()
        #expect(inspection.runs.map(\.id.text) == ids)
    }

    @Test func aMissingRunIsAFailureAlone() async {
        let result = await Inspector(service: GatedService(runs: [.make("a")])).inspect([RunID("b")])
        #expect(throws: RunServiceError.self) { try result.get() }
    }

    @Test func aMissingRunAmongOthersIsLeftOut() async throws {
        let inspector = Inspector(service: GatedService(runs: [.make("a")]))
        let inspection = try await inspector.inspect([RunID("a"), RunID("b")]).get()
        #expect(inspection.runs.map(\.id.text) == ["a"])
    }
}
