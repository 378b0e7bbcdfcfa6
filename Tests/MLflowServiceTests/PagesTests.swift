import RemotePolling
import RunModel
import RunServices
import Testing

@testable import MLflowService

/// How many pages of an answer are turned before a server counts as one that never comes to an end.
struct PagesTests {
    private let none = Pages(of: "runs", from: "The server")

    /// Pages until the end, or until the error.
    private func turn(
        _ limit: Int = 100_000, items: Int, token: (Int) -> String?
    ) -> (pages: Int, error: RunServiceError?) {
        var pages = none
        for page in 1...limit {
            do throws(RunServiceError) {
                try pages.turn(to: token(page), items: items)
            } catch {
                return (page, error)
            }
            if !pages.hasMore { return (page, nil) }
        }
        return (limit, nil)
    }

    @Test(arguments: [1, 9, 250]) func `a long answer is read to its end`(items: Int) {
        // A server that makes small pages of its own accord makes less than a hundred of them; others make thousands.
        let last = items < 10 ? 100 : 5_000
        let (pages, error) = turn(items: items) { $0 == last ? nil : "page \($0)" }
        #expect(pages == last)
        #expect(error == nil)
        #expect(turn(items: 0) { _ in "" }.pages == 1)
    }

    @Test(arguments: [1, 2, 3, 10, 100]) func `tokens that come again end it`(length: Int) {
        let (pages, error) = turn(items: 100) { "page \($0 % length)" }
        #expect(error?.code == .unexpectedResponse)
        #expect(error?.message.hasPrefix("The server lists runs without coming to an end;") == true)
        #expect(error?.underlying == "the same page token came twice")
        #expect(pages <= 3 * length + 2)
    }

    @Test func `so do empty pages, nearly empty ones, and too many`() {
        let empty = turn(items: 0) { "page \($0)" }
        #expect(empty.error?.code == .unexpectedResponse)
        #expect(empty.pages == Pages.emptyLimit)
        let sparse = turn(items: 1) { "page \($0)" }
        #expect(sparse.error?.code == .unexpectedResponse)
        #expect(sparse.pages < 120)
        let full = turn(items: 1_000) { "page \($0)" }
        #expect(full.error?.code == .unexpectedResponse)
        #expect(full.pages == Pages.pageLimit)
        let long = turn(items: 1) { _ in String(repeating: "x", count: 5_000) }
        #expect(long.error?.underlying == "a page token has 5000 bytes")
    }

    @Test func `some empty pages in between are borne`() {
        var pages = none
        for page in 1...1_000 {
            #expect(throws: Never.self) { try pages.turn(to: "page \(page)", items: page % 9 == 0 ? 100 : 0) }
        }
    }

    @Test func `a cursor carries them`() throws {
        var pages = none
        for page in 1...5 { try pages.turn(to: "page %20 | \(page)", items: 3) }
        let scope = RunScope.experiment(ExperimentID("in= 1 ."))
        let position = ReplicaPosition(
            identity: "me", scope: scope, version: 7, token: pages.token, pages.progress)
        let back = try ReplicaPosition(position.cursor, identity: "me", scope: scope)
        #expect(Pages(of: "runs", from: "The server", after: back.token, back.progress) == pages)
        #expect(back.version == 7)
        #expect(throws: RunServiceError.self) { try ReplicaPosition(position.cursor, identity: "you", scope: scope) }
        #expect(throws: RunServiceError.self) { try ReplicaPosition(position.cursor, identity: "me", scope: .all) }
    }
}
