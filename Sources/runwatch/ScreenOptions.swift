import ArgumentParser
import DashboardCore
import RunModel
import UserConfiguration

/// How the dashboard behaves, for every command that opens one.
struct ScreenOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Seconds between polls, 0.1 to 3600; 2 by default.", valueName: "seconds"))
    var interval: Double?

    @Option(
        name: .long,
        help: ArgumentHelp("How many runs to load at most, newest first; 10000 by default.", valueName: "runs"))
    var limit: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Columns, with commas between them: metrics, params.K, tags.K, user, …", valueName: "columns"))
    var columns: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The column or metric to sort by, as `loss` or `\"started asc\"`.", valueName: "column"))
    var sort: String?

    @Flag(
        inversion: .prefixedNo, help: "Look, but change nothing: cancel, fail, complete and tag keys are disabled.")
    var readOnly: Bool?

    @Flag(inversion: .prefixedNo, help: "Draw with ASCII characters only.")
    var ascii: Bool?

    @Flag(inversion: .prefixedNo, help: "Listen to the mouse: wheel, a click on a row, a column, a tab.")
    var mouse: Bool?

    @Option(name: .long, help: ArgumentHelp("auto, or never (as NO_COLOR does).", valueName: "when"))
    var color: ColorChoice?

    @Option(
        name: .long,
        help: ArgumentHelp("How to tell of failures and watched runs: none, or bell,osc,hook.", valueName: "ways"))
    var notify: String?

    func validate() throws {
        _ = try options()
    }

    /// What applies, by these options, the environment and the configuration.
    func settings() throws -> ScreenSettings {
        let options = try options()
        return try UserFile.asError { () throws(ConfigurationFaults) in
            try ScreenSettings(options: options, environment: Environment.all, file: UserFile.loaded.get())
        }
    }

    private func options() throws -> ScreenSettings.Options {
        var options = ScreenSettings.Options()
        options.interval = try Self.checked(SettingKinds.interval, interval.map { "\($0)" })
        options.limit = try Self.checked(SettingKinds.limit, limit.map { "\($0)" })
        options.columns = try Self.checked(SettingKinds.columns, columns)
        options.sort = try Self.checked(SettingKinds.sort, sort)
        options.notify = try Self.checked(SettingKinds.notify, notify)
        options.readOnly = readOnly
        options.ascii = ascii
        options.color = color
        options.mouse = mouse
        return options
    }

    private static func checked<Value>(_ kind: SettingKind<Value>, _ text: String?) throws -> Value? {
        guard let text else { return nil }
        guard let value = kind.parse(text) else { throw ValidationError("\(kind.option) \(kind.refusal(of: text))") }
        return value
    }
}

extension ColorChoice: ExpressibleByArgument {}
