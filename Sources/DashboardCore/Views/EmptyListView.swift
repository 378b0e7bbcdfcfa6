import RunModel
import RunServices
import TerminalUI

/// Three different screens for nothing there, filtered out, and cannot read.
enum EmptyListView {
    static func draw(_ dashboard: Dashboard, in rect: Rect, on canvas: inout Canvas) {
        let lines = lines(dashboard)
        let width = rect.width - 4
        let wrapped = lines.flatMap { line in
            line.text.isEmpty
                ? [("", line.style)]
                : TerminalText.wrapped(line.text, width: max(10, width)).map { ($0, line.style) }
        }
        let y = rect.y + max(0, (rect.height - wrapped.count) / 3)
        for (index, line) in wrapped.enumerated() where index < rect.height {
            canvas.putCentered(line.0, in: rect.columns, y: y + index, style: line.1)
        }
    }

    private static func hidden(_ count: Int, _ dashboard: Dashboard) -> String {
        "\(Counted.text(count, "run")) \(Counted.word(count, "is", plural: "are")) hidden; "
            + "\(dashboard.keyName(.back)) clears the filter, \(dashboard.keyName(.filter)) changes it."
    }

    private static func lines(_ dashboard: Dashboard) -> [(text: String, style: Style)] {
        let polling = dashboard.polling
        let list = dashboard.list
        if list.scopeCount > 0, let filter = list.filter {
            return [
                ("No run matches “\(filter.text)”.", Theme.title), ("", .plain),
                (hidden(list.scopeCount, dashboard), .plain),
            ]
        }
        if let error = polling.error, polling.lastSuccess == nil || !polling.loaded.contains(list.scope) {
            var lines = [("The runs can't be read.", Theme.bad), ("", Style.plain), (error.message, .plain)]
            if let underlying = error.underlying { lines.append((underlying, Theme.quiet)) }
            return lines + [("", .plain), ("\(dashboard.keyName(.refresh)) tries again now.", Theme.quiet)]
        }
        guard polling.loaded.contains(list.scope) else { return [("Reading runs…", Theme.quiet)] }
        if case .experiment = list.scope {
            return [("“\(dashboard.experiments.name(of: list.scope))” has no runs.", .plain)]
        }
        return [
            ("No runs yet.", Theme.title), ("", .plain), ("Start one from another terminal:", .plain), ("", .plain),
            ("runwatch exec -- python train.py", Theme.title), ("", .plain),
            ("It shows up here by itself. “runwatch demo” starts some to look at.", .plain),
        ]
    }
}
