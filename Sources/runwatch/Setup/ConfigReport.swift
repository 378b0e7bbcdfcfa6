import JMESPath
import RunAttention
import RunModel
import RunServices
import UserConfiguration

/// Every setting with its value and what set it.
struct ConfigReport {
    struct Row {
        let name: String
        let value: JSONValue
        let source: String
    }

    private(set) var rows: [Row] = []
    private let file: ConfigurationFile

    /// Throws all that is wrong with file and environment.
    init(file: ConfigurationFile, environment: [String: String]) throws(ConfigurationFaults) {
        self.file = file
        let settings = try ScreenSettings(environment: environment, file: file)
        _ = try file.userCommands(beside: file.keyMap())
        _ = try file.statusColors()
        add(SettingKinds.interval, settings.interval) { seconds in
            .number(Int(exactly: seconds).map { JSONNumber($0) } ?? JSONNumber(seconds))
        }
        add(SettingKinds.limit, settings.limit) { .number(JSONNumber($0)) }
        add(SettingKinds.readOnly, settings.readOnly) { .bool($0) }
        add(SettingKinds.columns, settings.columns) { .array($0.map { .string($0) }) }
        add(SettingKinds.sort, settings.sort) { .string($0.text) }
        add(SettingKinds.notify, settings.notify) { .string($0.text) }
        // It may hold the address of a channel, which is as good as a password.
        add(SettingKinds.hook, settings.hook) { .string($0.isEmpty ? "" : "a command") }
        add(SettingKinds.mouse, settings.mouse) { .bool($0) }
        add(SettingKinds.color, settings.color) { .string($0.rawValue) }
        add(SettingKinds.ascii, settings.ascii) { .bool($0) }
        for choice in file.colors {
            rows.append(
                Row(name: "theme.colors.\(choice.name)", value: .string(choice.color), source: source(choice.line)))
        }
        for choice in file.commands {
            rows.append(
                Row(name: "commands.\(choice.name)", value: .string(choice.template.text), source: source(choice.line)))
        }
        for service in file.services { add(service) }
        for view in file.views {
            let parts = [view.value.experiment, view.value.filter, view.value.sort?.text]
            let text = (parts.compactMap { $0 } + view.value.columns).filter { !$0.isEmpty }.joined(separator: ", ")
            rows.append(Row(name: "views.\(view.value.name)", value: .string(text), source: source(view.line)))
        }
        for choice in file.keys {
            rows.append(
                Row(
                    name: "keys.\(choice.command)", value: .array(choice.keys.map { .string($0) }),
                    source: source(choice.line)))
        }
    }

    private mutating func add<Value>(
        _ kind: SettingKind<Value>, _ setting: Setting<Value>, _ value: (Value) -> JSONValue
    ) {
        let source =
            switch setting.source {
            case .standard: "default"
            case .file(_, let line): source(line)
            case .variable(let name), .option(let name): name
            }
        rows.append(Row(name: kind.name, value: value(setting.value), source: source))
    }

    private mutating func add(_ service: NamedService) {
        let name = "services.\(service.name)"
        rows.append(Row(name: name, value: .string(service.shownAddress), source: source(service.address.line)))
        if let readOnly = service.readOnly {
            rows.append(Row(name: name + ".read-only", value: .bool(readOnly.value), source: source(readOnly.line)))
        }
    }

    private static func text(of value: JSONValue) -> String {
        switch value {
        case .array(let elements): elements.map(text).joined(separator: ", ")
        case .bool(let isTrue): "\(isTrue)"
        case .number(let number): number.description
        case .string(let text): text
        default: ""
        }
    }

    private func source(_ line: Int) -> String { "\(Shown.path(file.path)):\(line)" }

    /// A list of objects, with the run service first, which is where `location` is.
    /// - Parameter isFlat: values are texts, for tables, which show no lists.
    func json(_ location: ServiceLocation, isFlat: Bool) -> JSONValue {
        let isConfigured = location.reason.hasSuffix(file.shortName)
        let source = isConfigured ? file.service.map { self.source($0.line) } : nil
        let first = Row(name: "service", value: .string(location.name), source: source ?? location.reason)
        return .array(
            ([first] + rows).map { row in
                var object = JSONObject()
                object["name"] = .string(row.name)
                object["value"] = isFlat ? .string(Self.text(of: row.value)) : row.value
                object["source"] = .string(row.source)
                return .object(object)
            })
    }
}
