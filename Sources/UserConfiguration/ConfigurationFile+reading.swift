import RunServices
import Yams

extension ConfigurationFile {
    /// Reads a file's bytes.
    ///
    /// - Parameters:
    ///   - path: where the bytes are from.
    ///   - name: what faults call the file.
    ///
    /// Throws all that is wrong with it.
    package init(_ bytes: [UInt8], path: String, name: String) throws(ConfigurationFaults) {
        self.init(path: path)
        var reader = ConfigurationReader(name: name)
        do throws(ConfigurationYAML.Fault) {
            if let root = try ConfigurationYAML.root(bytes) { read(root, &reader) }
        } catch {
            throw ConfigurationFaults([ConfigurationFault(name, line: error.line, error.sentence)])
        }
        if !reader.faults.isEmpty {
            throw ConfigurationFaults(reader.faults.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
    }

    private static let names = [
        "service", "services", "interval", "limit", "read-only", "columns", "sort", "notify",
        "hook", "mouse", "theme", "views", "keys", "commands",
    ]

    private mutating func read(_ root: Node, _ reader: inout ConfigurationReader) {
        for (key, node, value) in reader.entries(root, of: "the configuration", "lines of NAME: VALUE") {
            // A name whose value is commented out is as good as absent.
            if ConfigurationReader.isNull(value), Self.names.contains(key) { continue }
            switch key {
            case "service": service = reader.text(value, of: key, "takes the name or the address of a run service")
            case "services": readServices(value, &reader)
            case "interval": interval = reader.value(value, of: SettingKinds.interval)
            case "limit": limit = reader.value(value, of: SettingKinds.limit)
            case "read-only": readOnly = reader.value(value, of: SettingKinds.readOnly)
            case "columns": columns = readColumns(value, &reader)
            case "sort": sort = reader.value(value, of: SettingKinds.sort)
            case "notify": notify = reader.value(value, of: SettingKinds.notify)
            case "hook": hook = reader.text(value, of: key, "takes a command of the shell")
            case "theme": readTheme(value, &reader)
            case "views": readViews(value, &reader)
            case "mouse": mouse = reader.value(value, of: SettingKinds.mouse)
            case "keys": readKeys(value, &reader)
            case "commands": readCommands(value, &reader)
            default: reader.unknown(node, key, what: "setting", known: Self.names)
            }
        }
    }

    /// A list; a text is read as the variable's is.
    func readColumns(_ node: Node, _ reader: inout ConfigurationReader) -> Placed<[String]>? {
        guard node.sequence != nil else { return reader.value(node, of: SettingKinds.columns) }
        let names = reader.texts(node, of: "columns", "takes a list of columns")
        if let names, Set(names.value).count < names.value.count {
            reader.note(node, "columns names one twice; keep one.")
        }
        return names
    }

    private mutating func readTheme(_ node: Node, _ reader: inout ConfigurationReader) {
        for (key, node, value) in reader.entries(node, of: "theme", "color, ascii and colors, each on a line below it")
        {
            switch key {
            case "color": color = reader.value(value, of: SettingKinds.color)
            case "ascii": ascii = reader.value(value, of: SettingKinds.ascii)
            case "colors": readColors(value, &reader)
            default:
                reader.unknown(
                    node, "theme." + key, what: "setting", known: ["theme.color", "theme.ascii", "theme.colors"])
            }
        }
    }

    private mutating func readColors(_ node: Node, _ reader: inout ConfigurationReader) {
        for (key, node, value) in reader.entries(node, of: "theme.colors", "a name and a colour on each line below it")
        {
            let setting = "theme.colors.\(Shown.text(key))"
            if let color = reader.text(value, of: setting, "takes a colour") {
                colors.append(ColorOfName(name: key, color: color.value, line: node.mark?.line ?? color.line))
            }
        }
    }

    private mutating func readKeys(_ node: Node, _ reader: inout ConfigurationReader) {
        for (key, node, value) in reader.entries(node, of: "keys", "a command and its keys on each line below it") {
            if let keys = reader.texts(value, of: "keys.\(Shown.text(key))", "takes a key or a list of keys") {
                self.keys.append(KeyChoice(command: key, keys: keys.value, line: node.mark?.line ?? keys.line))
            }
        }
    }

    private mutating func readServices(_ node: Node, _ reader: inout ConfigurationReader) {
        for (name, node, value) in reader.entries(node, of: "services", "a name and an address on each line below it") {
            guard NamedService.isName(name) else {
                reader.note(
                    node,
                    "\(ConfigurationReader.quoted(name)) cannot name a service; take up to 40 letters, digits, “.”, “_” "
                        + "and “-”, a letter or digit first.")
                continue
            }
            if let service = readService(name, node, value, &reader) { services.append(service) }
        }
    }

    /// An address, or a group with the address in it.
    private func readService(
        _ name: String, _ node: Node, _ value: Node, _ reader: inout ConfigurationReader
    ) -> NamedService? {
        let (setting, line) = ("services.\(name)", node.mark?.line ?? 1)
        let expectation = "takes an address or a path"
        guard value.mapping != nil else {
            return reader.text(value, of: setting, expectation).map {
                NamedService(name: name, address: $0, line: line)
            }
        }
        var (address, readOnly): (Placed<String>?, Placed<Bool>?)
        var isWrong = false
        for (key, node, value) in reader.entries(value, of: setting, "an address") {
            switch key {
            case "address":
                address = reader.text(value, of: setting + ".address", expectation)
                isWrong = address == nil
            case "read-only": readOnly = reader.value(value, of: SettingKinds.readOnly)
            default:
                reader.unknown(node, key, what: "setting of a service", known: ["address", "read-only"])
                isWrong = true
            }
        }
        guard let address else {
            if !isWrong { reader.note(node, "\(setting) has no address; write `address:` and where it is below it.") }
            return nil
        }
        return NamedService(name: name, address: address, readOnly: readOnly, line: line)
    }
}

extension NamedService {
    /// Whether a text can name a service: nothing that an address or a path would need is in it.
    static func isName(_ text: String) -> Bool {
        let first = text.utf8.first.map { isAlphanumeric($0) } ?? false
        return first && text.utf8.count <= 40 && text != "databricks"
            && text.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
}
