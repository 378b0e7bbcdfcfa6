package import RunAttention
package import RunModel

/// A value in force, and what set it.
package struct Setting<Value: Sendable>: Sendable {
    /// What applies.
    package let value: Value
    /// Who said so.
    package let source: SettingSource
}

extension Setting: Equatable where Value: Equatable {}

/// What set a value, the strongest last.
package enum SettingSource: Equatable, Sendable {
    case standard
    /// A line of the configuration file.
    case file(path: String, line: Int)
    /// A variable of the environment.
    case variable(String)
    /// An option of the command line.
    case option(String)
}

/// How the dashboard behaves: the command line's word before the environment's, before the file's.
package struct ScreenSettings: Equatable, Sendable {
    /// Seconds between polls.
    package let interval: Setting<Double>
    /// Runs loaded at most.
    package let limit: Setting<Int>
    /// Whether nothing may be changed.
    package let readOnly: Setting<Bool>
    /// Columns as the dashboard reads them; none lets the runs decide.
    package let columns: Setting<[String]>
    /// What runs are ordered by.
    package let sort: Setting<SortOrder>
    /// By which ways a person is told of events.
    package let notify: Setting<NotificationChannels>
    /// The command that is given each event; empty for none.
    package let hook: Setting<String>
    /// Whether the mouse is listened to.
    package let mouse: Setting<Bool>
    /// Whether colours are used.
    package let color: Setting<ColorChoice>
    /// Whether to draw with ASCII characters only.
    package let ascii: Setting<Bool>

    /// What the command line says; nil where it says nothing.
    package struct Options: Sendable {
        /// Seconds between polls.
        package var interval: Double?
        /// Runs loaded at most.
        package var limit: Int?
        /// Whether nothing may be changed.
        package var readOnly: Bool?
        /// Columns as the dashboard reads them.
        package var columns: [String]?
        /// What runs are ordered by.
        package var sort: SortOrder?
        /// By which ways a person is told of events.
        package var notify: NotificationChannels?
        /// Whether the mouse is listened to.
        package var mouse: Bool?
        /// Whether colours are used.
        package var color: ColorChoice?
        /// Whether to draw with ASCII characters only.
        package var ascii: Bool?

        /// Nothing said.
        package init() {}
    }

    /// Whether nothing may be changed, whatever the service; nil leaves it to what the file says of each service, which
    /// only option and variable overrule.
    package var isReadOnly: Bool? {
        switch readOnly.source {
        case .standard: nil
        case .file: readOnly.value ? true : nil
        case .variable, .option: readOnly.value
        }
    }

    /// Throws what is wrong with the environment's values, also where an option goes before them.
    package init(
        options: Options = Options(), environment: [String: String], file: ConfigurationFile
    ) throws(ConfigurationFaults) {
        var chooser = SettingChooser(environment: environment, path: file.path)
        interval = chooser.choose(SettingKinds.interval, options.interval, file.interval)
        limit = chooser.choose(SettingKinds.limit, options.limit, file.limit)
        readOnly = chooser.choose(SettingKinds.readOnly, options.readOnly, file.readOnly)
        columns = chooser.choose(SettingKinds.columns, options.columns, file.columns)
        sort = chooser.choose(SettingKinds.sort, options.sort, file.sort)
        notify = chooser.choose(SettingKinds.notify, options.notify, file.notify)
        hook = chooser.choose(SettingKinds.hook, nil, file.hook)
        mouse = chooser.choose(SettingKinds.mouse, options.mouse, file.mouse)
        color = chooser.choose(SettingKinds.color, options.color, file.color)
        ascii = chooser.choose(SettingKinds.ascii, options.ascii, file.ascii)
        if !chooser.faults.isEmpty { throw ConfigurationFaults(chooser.faults) }
    }
}

/// Takes the strongest of what was said about each setting.
private struct SettingChooser {
    let environment: [String: String]
    let path: String
    var faults: [ConfigurationFault] = []

    mutating func choose<Value>(
        _ kind: SettingKind<Value>, _ option: Value?, _ placed: Placed<Value>?
    ) -> Setting<Value> {
        var named: Value?
        // An empty variable counts as absent.
        if let text = environment[kind.variable], !text.isEmpty {
            named = kind.parse(text)
            if named == nil { faults.append(ConfigurationFault(kind.variable, kind.refusal(of: text))) }
        }
        if let option { return Setting(value: option, source: .option(kind.option)) }
        if let named { return Setting(value: named, source: .variable(kind.variable)) }
        if let placed { return Setting(value: placed.value, source: .file(path: path, line: placed.line)) }
        return Setting(value: kind.standard, source: .standard)
    }
}
