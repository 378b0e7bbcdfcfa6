import RunModel
import RunServices
import TestSupport
import Testing

/// The record of changes that services keep whose back ends keep none.
struct ChangeJournalTests {
    /// A reader who has applied everything up to a version.
    private struct Reader: Equatable {
        var version: Int64 = 0
        var runs: [RunID: ExperimentID] = [:]
        var experiments: [ExperimentID: Experiment] = [:]

        mutating func read(_ journal: ChangeJournal, limit: Int = .max) {
            let (ids, reached) = journal.changed(after: version, in: .all, limit: limit)
            let rest = journal.rest(after: version, upTo: reached, in: .all, cursor: ChangeCursor(""))
            for id in rest.goneRuns { runs[id] = nil }
            for id in ids { runs[id] = journal.runs[id]?.experiment }
            for experiment in rest.experiments { experiments[experiment.id] = experiment }
            for id in rest.goneExperiments { experiments[id] = nil }
            version = reached
        }
    }

    @Test(arguments: [1, 3, 1_000]) func `changes applied in order give the same as a full read`(limit: Int) {
        var random = SeededGenerator(seed: 5)
        var journal = ChangeJournal()
        var (close, late) = (Reader(), Reader())
        let statuses: [RunStatus] = [.running, .completed, .failed]
        for step in 0..<4_000 {
            let id = RunID("r\(Int.random(in: 0..<60, using: &random))")
            let experiment = ExperimentID("e\(Int.random(in: 0..<5, using: &random))")
            switch Int.random(in: 0..<10, using: &random) {
            case 0: journal.remove(id)
            case 1:
                let number = Int.random(in: 0..<3, using: &random)
                journal.note(experiment: experiment, named: "\(number)", createdAt: Timestamp(milliseconds: 1))
            case 2: journal.remove(experiment: experiment)
            case 3: journal.touch(id)
            default:
                let status = statuses.randomElement(using: &random) ?? .running
                journal.note(id, in: journal.runs[id]?.experiment ?? experiment, status)
            }
            if step % 7 == 0 { close.read(journal, limit: limit) }
            if step % 1_300 == 0 { late.read(journal) }
        }
        for _ in 0..<100 { close.read(journal, limit: limit) }
        late.read(journal)
        #expect(close == late)
        #expect(close.runs == journal.runs.mapValues(\.experiment))
        #expect(close.experiments == journal.experiments)
        #expect(journal.active == Set(journal.runs.filter { $0.value.status == .running }.keys))
        for (id, experiment) in journal.experiments {
            #expect(experiment.counts.total == journal.runs.values.filter { $0.experiment == id }.count)
        }
    }

    @Test func `a full read in pages meets each run once, and what changes meanwhile as a change`() {
        var journal = ChangeJournal()
        for index in 0..<100 { journal.note(RunID("\(index)"), in: ExperimentID("e"), .completed) }
        let start = journal.version
        var (rest, met): (Int64?, [RunID]) = (start, [])
        while let version = rest {
            let page = journal.unchanged(since: version, in: .all, limit: 7)
            met += page.ids
            rest = page.rest
            if met.count == 14 { for index in 0..<10 { journal.touch(RunID("\(index)")) } }
        }
        #expect(met.count == 90)
        #expect(Set(met + journal.changed(after: start, in: .all).ids).count == 100)
        #expect(met.first == RunID("99"))
        #expect(journal.recent(2) == [RunID("9"), RunID("8")])
    }

    @Test func `what is gone is forgotten at last, and a reader who was away so long starts again`() throws {
        var journal = ChangeJournal(goneLimit: 100)
        journal.note(RunID("kept"), in: ExperimentID("e"), .running)
        let early = journal.version
        var recent = early
        for index in 0..<1_000 {
            let id = RunID("\(index)")
            journal.note(id, in: ExperimentID("e"), .running)
            journal.remove(id)
            if index == 980 { recent = journal.version }
        }
        let error = refused(try journal.requireMemory(of: early))
        #expect(error?.code == .invalid)
        #expect(refused(try journal.requireMemory(of: journal.version + 1))?.code == .invalid)
        try journal.requireMemory(of: recent)
        let rest = journal.rest(after: recent, upTo: journal.version, in: .all, cursor: ChangeCursor(""))
        #expect(rest.goneRuns == (981..<1_000).map { RunID("\($0)") })
        #expect(journal.runs.count == 1)
    }

    private func refused(_ call: @autoclosure () throws(RunServiceError) -> Void) -> RunServiceError? {
        do throws(RunServiceError) { try call() } catch { return error }
        return nil
    }

    @Test(arguments: ["", " ", "e 1", "%20", "in=", "all", ".", "a|b\nc", "100%", "é"])
    func `a cursor's fields may hold anything`(_ text: String) {
        for scope in [RunScope.all, .experiment(ExperimentID(text))] {
            let fields = CursorFields(identity: text, scope: scope, values: [text, "", text])
            #expect(CursorFields(fields.cursor, count: 3) == fields)
            #expect(CursorFields(fields.cursor, count: 2) == nil)
            #expect(CursorFields(ChangeCursor(String(fields.cursor.text.dropLast())), count: 3) == nil)
            #expect(CursorFields(ChangeCursor(fields.cursor.text + "x"), count: 3) == nil)
        }
    }
}
