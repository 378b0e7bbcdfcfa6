import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Random histories: after every step the list equals a full recomputation, and the selection is where it was.
@Suite struct RunListPropertyTests {
    private static let experiments = ["a", "b", "c"]
    private static let statuses: [RunStatus] = [.running, .completed, .failed, .queued, .canceled, .unknown("Odd")]
    private static let columns: [SortOrder.Column] = [
        .started, .name, .status, .duration, .experiment, .user, .tags, .metric("loss"),
    ]

    @Test(arguments: 0..<40) func randomHistories(seed: Int) throws {
        var random = SeededGenerator(seed)
        var list = RunList()
        var truth: [RunID: Run] = [:]
        var now = Clock.start.advanced(byMilliseconds: 1_000_000)
        let height = Int.random(in: 1...12, using: &random)
        for step in 0..<120 {
            now.milliseconds += Int64.random(in: 0...5_000, using: &random)
            let selected = list.selectedID
            let line = list.selectedRow.map { $0 - list.top }
            let oldTop = list.top
            let isRefresh = change(&list, &truth, now: now, &random)
            list.timePassed(to: now)
            let topAfterMerge = list.top
            list.scrollToSelection(height: height)
            let naive = NaiveList(
                runs: truth, scope: list.scope, filter: list.filter, sort: list.sort, now: now,
                isExpanded: { [list] in list.isExpanded(list.table.slot(of: $0.id) ?? -1) })
            try #require(shown(list) == naive.rows, "seed \(seed), step \(step)")
            #expect(list.matchCount == naive.matchCount)
            #expect(list.scopeCount == naive.scoped.count)
            #expect(list.rows.isEmpty == (list.selectedRow == nil), "seed \(seed), step \(step)")
            if let row = list.selectedRow { #expect((list.top..<list.top + height).contains(row)) }
            guard isRefresh, let selected, list.row(of: selected) != nil else { continue }
            #expect(list.selectedID == selected, "seed \(seed), step \(step)")
            if oldTop > 0, let line, let row = list.selectedRow, row >= line {
                #expect(row - topAfterMerge == line, "seed \(seed), step \(step)")
            }
        }
    }

    /// One random change; true for those that come from the service and not from a person.
    private func change(
        _ list: inout RunList, _ truth: inout [RunID: Run], now: Timestamp, _ random: inout SeededGenerator
    ) -> Bool {
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<9:
            let batch = (0..<Int.random(in: 1...6, using: &random)).map { _ in randomRun(truth, &random) }
            var unique: [RunID: Run] = [:]
            for run in batch { unique[run.id] = run }
            // The second of two new links of one batch may close a circle with the first.
            for run in unique.values.sorted(by: { $0.id < $1.id }) {
                truth[run.id] = run
                if hasCircle(truth, from: run.id) { truth[run.id]?.parentID = nil }
            }
            let runs = unique.keys.sorted().compactMap { truth[$0] }.shuffled(using: &random)
            _ = list.merge(runs, gone: [], at: now, isLoading: Bool.random(using: &random))
            return true
        case 9..<11:
            let gone = truth.keys.sorted().filter { _ in Int.random(in: 0..<6, using: &random) == 0 }
            for id in gone { truth[id] = nil }
            _ = list.merge([], gone: gone + [RunID("never seen")], at: now, isLoading: false)
            return true
        case 11:
            let column = Self.columns.randomElement(using: &random) ?? .started
            list.setSort(SortOrder(column: column, isDescending: .random(using: &random)), at: now)
        case 12:
            let text =
                ["status:running", "1", "metrics.loss < 0.5", "age<15m", "name ~ \"^r\"", ""]
                .randomElement(using: &random) ?? ""
            list.setFilter(text.isEmpty ? nil : try? Filter.parse(text), at: now)
        case 13:
            let experiment = Self.experiments.randomElement(using: &random).map { ExperimentID($0) }
            list.setScope(Bool.random(using: &random) ? .all : .experiment(experiment ?? ExperimentID("a")))
        case 14..<16:
            if let id = truth.keys.sorted().randomElement(using: &random) {
                list.setExpanded(.random(using: &random), id)
            }
        case 16: list.setAllExpanded(.random(using: &random))
        default: list.moveSelection(by: Int.random(in: -20...20, using: &random))
        }
        return false
    }

    private func randomRun(_ truth: [RunID: Run], _ random: inout SeededGenerator) -> Run {
        let id = "r\(Int.random(in: 0..<40, using: &random))"
        if var known = truth[RunID(id)], Bool.random(using: &random) {
            known.status = Self.statuses.randomElement(using: &random) ?? .running
            known.metrics.set(.make(Double.random(in: 0...1, using: &random)), forKey: "loss")
            return known
        }
        let parent = Bool.random(using: &random) ? "r\(Int.random(in: 0..<45, using: &random))" : nil
        var run = Run.make(
            id, name: "r \(Int.random(in: 0..<30, using: &random))",
            in: Self.experiments.randomElement(using: &random) ?? "a",
            status: Self.statuses.randomElement(using: &random) ?? .running, parent: parent,
            at: Int64.random(in: 0..<30, using: &random))
        if Bool.random(using: &random) {
            run.metrics.set(.make([0.1, .nan, .infinity, 0.7][Int.random(in: 0..<4, using: &random)]), forKey: "loss")
        }
        if Bool.random(using: &random) { run.tags.set("x", forKey: "k\(Int.random(in: 0..<3, using: &random))") }
        return run
    }

    private func hasCircle(_ truth: [RunID: Run], from id: RunID) -> Bool {
        var seen = Set<RunID>()
        var current: RunID? = id
        while let next = current {
            guard seen.insert(next).inserted else { return true }
            current = truth[next]?.parentID
        }
        return false
    }

    private func shown(_ list: RunList) -> [NaiveList.Row] {
        list.rows.map {
            NaiveList.Row(
                id: list.table[$0.slot].id.text, depth: Int($0.depth), hasChildren: $0.hasChildren,
                isExpanded: $0.isExpanded, isContext: $0.isContext)
        }
    }

    /// With circles it is open which link gives way, but every run must be listed, once, whatever the order of arrival.
    @Test(arguments: 0..<40) func circlesOfParentsHideNothing(seed: Int) {
        var random = SeededGenerator(seed + 1_000)
        var list = RunList()
        var truth = Set<RunID>()
        for _ in 0..<80 {
            if Int.random(in: 0..<8, using: &random) == 0, let id = truth.sorted().randomElement(using: &random) {
                truth.remove(id)
                _ = list.merge([], gone: [id], at: Clock.start, isLoading: false)
            } else {
                let number = Int.random(in: 0..<8, using: &random)
                let parent = Int.random(in: 0..<10, using: &random)
                let run = Run.make("r\(number)", parent: parent < 8 ? "r\(parent)" : nil)
                truth.insert(run.id)
                _ = list.merge([run], gone: [], at: Clock.start, isLoading: false)
            }
            list.setAllExpanded(true)
            #expect(list.rows.map { list.table[$0.slot].id }.sorted() == truth.sorted(), "seed \(seed)")
        }
        // Without the circles every link is there again.
        for id in truth {
            let number = Int(id.text.dropFirst()) ?? 0
            let parent = number > 0 && truth.contains(RunID("r\(number - 1)")) ? "r\(number - 1)" : nil
            _ = list.merge([.make(id.text, parent: parent)], gone: [], at: Clock.start, isLoading: false)
        }
        for run in truth.compactMap({ list.table[$0] }) {
            let parent = list.table.slot(of: run.id).flatMap { list.table.parent(of: $0) }.map { list.table[$0].id }
            #expect(parent == run.parentID, "seed \(seed)")
        }
    }

    @Test func orderNeverDependsOnArrival() {
        var random = SeededGenerator(7)
        let runs = (0..<200).map { Run.make("r\($0)", at: Int64($0 % 5), metrics: [("loss", Double($0 % 3))]) }
        for column in Self.columns {
            var listings = Set<[String]>()
            for _ in 0..<5 {
                var list = RunList()
                list.setSort(SortOrder(column: column, isDescending: false), at: Clock.start)
                for run in runs.shuffled(using: &random) {
                    _ = list.merge([run], gone: [], at: Clock.start, isLoading: false)
                }
                listings.insert(list.rows.map { list.table[$0.slot].id.text })
            }
            #expect(listings.count == 1, "\(column)")
        }
    }

    @Test func deepTreesAndLargeFamilies() {
        var list = RunList()
        let deep = (0..<200).map { Run.make("d\($0)", parent: $0 == 0 ? nil : "d\($0 - 1)") }
        let wide = (0..<5_000).map { Run.make("w\($0)", parent: "d199", at: Int64($0)) }
        _ = list.merge((deep + wide).reversed(), gone: [], at: Clock.start, isLoading: true)
        list.setAllExpanded(true)
        #expect(list.rows.count == 5_200)
        #expect(list.rows.map(\.depth).max() == 200)
        list.reveal(RunID("w17"))
        #expect(list.selectedID == RunID("w17"))
        list.setExpanded(false, RunID("d0"))
        #expect(list.rows.count == 1)
        #expect(list.selectedID == RunID("d0"))
        #expect(list.table.descendants(of: RunID("d0")).count == 5_199)
        _ = list.merge([], gone: deep.map(\.id), at: Clock.start, isLoading: false)
        #expect(list.rows.count == 5_000, "children whose parent is gone are roots")
    }

    @Test func durationsAreOrderedAsTheyGrow() {
        var scene = Scene.opened([
            .make("short", at: 0, lasting: 10), .make("long", at: 0, lasting: 1_000),
            .make("growing", status: .running, at: 0),
        ])
        scene.type(":sort duration")
        scene.press(.enter)
        #expect(scene.listed == ["long", "short", "growing"])
        scene.wait(500_000)
        scene.poll()
        #expect(scene.listed == ["long", "growing", "short"])
        scene.wait(600_000)
        scene.poll()
        #expect(scene.listed == ["growing", "long", "short"])
    }

    @Test func naturalOrderIsAnOrder() {
        var random = SeededGenerator(3)
        let alphabet = Array("ab01 2_Ä")
        let names = (0..<120).map { _ in
            String(
                (0..<Int.random(in: 0..<6, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
        }
        for left in names {
            #expect(NaturalOrder.compare(left, left) == 0)
            for right in names {
                #expect(NaturalOrder.compare(left, right) == -NaturalOrder.compare(right, left))
                for third in names.prefix(20)
                where NaturalOrder.compare(left, right) <= 0 && NaturalOrder.compare(right, third) <= 0 {
                    #expect(NaturalOrder.compare(left, third) <= 0, "\(left) \(right) \(third)")
                }
            }
        }
        #expect(
            ["child 10", "Child 2", "child 1"].sorted { NaturalOrder.compare($0, $1) < 0 }
                == ["child 1", "Child 2", "child 10"])
        #expect(NaturalOrder.compare("9" + String(repeating: "9", count: 400), "1") == 1)
    }
}
