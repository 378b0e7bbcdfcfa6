package import RunModel
package import RunServices

/// The runs as listed: which of them, in which order, folded how, and which one is selected.
///
/// Selection, marks and folds belong to runs, not rows, so nothing that arrives ever moves them.
package struct RunList: Sendable {
    /// All loaded runs, whatever the scope and the filter.
    package internal(set) var table = RunTable()
    /// The experiment whose runs are listed, or all of them.
    package internal(set) var scope = RunScope.all
    /// The filter in force; nil shows everything.
    package internal(set) var filter: Filter?
    /// The lines of the list from top to bottom, those above and below the screen too.
    package internal(set) var rows: ContiguousArray<RunRow> = []
    /// The run that commands act on; nil when no run is listed.
    package internal(set) var selectedID: RunID?
    /// The runs that commands act on together; they stay marked while they are folded away or filtered out.
    package internal(set) var marks: Set<RunID> = []
    /// The first row on screen.
    package internal(set) var top = 0
    /// How many of the listed runs match, ancestors shown for context not counted.
    package internal(set) var matchCount = 0
    /// How many loaded runs are in scope, matching or not.
    package internal(set) var scopeCount = 0

    /// Runs that are to be marked when they are read.
    var awaitedMarks: Set<RunID> = []
    /// Runs that are marked so, which they do not show by themselves.
    var stalled: Set<RunID> = []
    var order = RunOrder()
    /// Which children are marked as the best of theirs; nil while none are.
    package internal(set) var best: BestChildren?
    /// What a person folded (false) or unfolded (true), by run.
    var folds: [RunID: Bool] = [:]
    /// Parents whose few children were shown when they first came; they stay as they are while a sweep grows.
    var openedByDefault: Set<RunTable.Slot> = []
    var knownParents: Set<RunTable.Slot> = []
    /// By slot, for `filter`; empty without one.
    var matches: ContiguousArray<Bool> = []
    /// By slot; -1 when not listed.
    var rowOfSlot: ContiguousArray<Int32> = []
    var remembered: [RunScope: RunID] = [:]
    /// What was selected when the list became empty.
    var hiddenSelection: RunID?

    /// A parent with at most this many children starts unfolded: it fits a screen beside its siblings.
    static let openChildLimit = 12

    package init() {}

    /// The column and direction by which the rows are ordered.
    package var sort: SortOrder { order.sort }

    /// The selected run as it was last read; nil when none is selected or it is not loaded.
    package var selectedRun: Run? { selectedID.flatMap { table[$0] } }

    /// The row of the selected run, counted from 0; nil when it is not listed.
    package var selectedRow: Int? { selectedID.flatMap(row(of:)) }

    func row(of id: RunID) -> Int? {
        guard let slot = table.slot(of: id), Int(slot) < rowOfSlot.count else { return nil }
        let row = rowOfSlot[Int(slot)]
        return row < 0 ? nil : Int(row)
    }

    func run(at row: Int) -> Run { table[rows[row].slot] }

    func isInScope(_ slot: RunTable.Slot) -> Bool {
        // The one field is read in place: copying a run for each of many costs more than all else.
        switch scope {
        case .all: true
        case .experiment(let id): table.runs[Int(slot)].experimentID == id
        }
    }
}
