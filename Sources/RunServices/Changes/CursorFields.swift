package import RunModel

/// The text form that the cursors of all services share: who made it, about what, and fields of its own.
package struct CursorFields: Equatable {
    /// Tells the cursors of one store, or of one instance, from all others.
    package var identity: String
    /// What the cursor asks about.
    package var scope: RunScope
    /// Any texts, in an order that the service knows.
    package var values: [String]

    /// Fields as they are; they are escaped when the cursor is made.
    package init(identity: String, scope: RunScope, values: [String]) {
        self.identity = identity
        self.scope = scope
        self.values = values
    }

    /// As a service hands it out. Fields stand between blanks; the dot shows that nothing was cut off or added.
    package var cursor: ChangeCursor {
        let scope =
            switch scope {
            case .all: "all"
            case .experiment(let id): "in=" + id.text
            }
        return ChangeCursor(([identity, scope] + values).map(Self.escaped).joined(separator: " ") + " .")
    }

    /// Takes a cursor apart; nil when it has not so many `values`, or is none of this form at all.
    package init?(_ cursor: ChangeCursor, count: Int) {
        let fields = cursor.text.split(separator: " ", omittingEmptySubsequences: false).map(Self.plain)
        guard fields.count == count + 3, fields[count + 2] == "." else { return nil }
        identity = fields[0]
        values = Array(fields[2..<count + 2])
        if fields[1] == "all" {
            scope = .all
        } else if fields[1].hasPrefix("in=") {
            scope = .experiment(ExperimentID(String(fields[1].dropFirst(3))))
        } else {
            return nil
        }
    }

    /// Blanks, and the sign that stands for them, as in addresses.
    private static func escaped(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing(" ", with: "%20")
    }

    private static func plain(_ text: Substring) -> String {
        String(text).replacing("%20", with: " ").replacing("%25", with: "%")
    }
}

extension RunScope {
    /// Whether the runs of an experiment are in it.
    package func contains(_ experiment: ExperimentID) -> Bool {
        switch self {
        case .all: true
        case .experiment(let id): id == experiment
        }
    }
}
