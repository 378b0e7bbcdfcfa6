import RunModel
import RunServices
import Yams

extension ConfigurationFile {
    private static let viewNames = ["experiment", "filter", "sort", "columns"]

    mutating func readViews(_ node: Node, _ reader: inout ConfigurationReader) {
        for (name, node, value) in reader.entries(node, of: "views", "a name and what it shows on the lines below it") {
            guard NamedView.isName(name) else {
                reader.note(
                    node,
                    "\(ConfigurationReader.quoted(name)) cannot name a view; take up to \(NamedView.longestName) bytes "
                        + "on one line.")
                continue
            }
            if let view = readView(name, value, &reader) { views.append(Placed(view, line: node.mark?.line ?? 1)) }
        }
    }

    /// A filter by itself, or a group with one in it; nil, with a fault, where something in it is wrong.
    private func readView(_ name: String, _ value: Node, _ reader: inout ConfigurationReader) -> NamedView? {
        let setting = "views.\(Shown.text(name))"
        var view = NamedView(name: name)
        if value.scalar != nil, !ConfigurationReader.isNull(value) {
            guard let filter = readFilter(value, of: setting, &reader) else { return nil }
            view.filter = filter
            return view
        }
        var isGood = true
        for (key, node, value) in reader.entries(value, of: setting, "experiment, filter, sort and columns") {
            switch key {
            case "experiment":
                let text = reader.text(value, of: setting + ".experiment", "takes the name of an experiment")
                view.experiment = text?.value
                isGood = isGood && text != nil
            case "filter":
                let filter = readFilter(value, of: setting + ".filter", &reader)
                view.filter = filter ?? ""
                isGood = isGood && filter != nil
            case "sort":
                view.sort = reader.value(value, of: SettingKinds.sort)?.value
                isGood = isGood && view.sort != nil
            case "columns":
                let columns = readColumns(value, &reader)?.value
                view.columns = columns ?? []
                isGood = isGood && columns != nil
            default:
                reader.unknown(node, key, what: "setting of a view", known: Self.viewNames)
                isGood = false
            }
        }
        return isGood ? view : nil
    }

    private func readFilter(_ node: Node, of name: String, _ reader: inout ConfigurationReader) -> String? {
        guard let text = reader.text(node, of: name, "takes a filter") else { return nil }
        do throws(FilterSyntaxError) {
            _ = try Filter.parse(text.value)
            return text.value
        } catch {
            reader.note(node, "\(name): \(error.message)")
            return nil
        }
    }
}
