import DashboardCore
import RunServices
import TerminalUI
import UserConfiguration

/// The configuration file of whoever called this program.
enum UserFile {
    /// Read once, when something first asks. Without a file this costs one look at the directory.
    static let loaded: Result<ConfigurationFile, ConfigurationFaults> = {
        guard let place = ConfigurationPlace(environment: Environment.all) else {
            return .success(ConfigurationFile(path: ""))
        }
        return Result { () throws(ConfigurationFaults) in try place.load() }
    }()

    /// What the file says; nothing where something is wrong with it.
    static var usable: ConfigurationFile { (try? loaded.get()) ?? ConfigurationFile(path: "") }

    /// Throws `invalid` with all that is wrong with the file, for who opens run services.
    static func requireUsable() throws(RunServiceError) {
        try asError { () throws(ConfigurationFaults) in _ = try loaded.get() }
    }

    /// Faults as an error that ends a command as a wrong option does.
    static func asError<Value>(
        _ body: () throws(ConfigurationFaults) -> Value
    ) throws(RunServiceError) -> Value {
        do throws(ConfigurationFaults) {
            return try body()
        } catch {
            throw RunServiceError(.invalid, "\(error)")
        }
    }
}

extension ConfigurationFile {
    /// The dashboard's keys, with those that the file chooses. Throws what is wrong with its choices.
    func keyMap() throws(ConfigurationFaults) -> KeyMap {
        if keys.isEmpty { return .standard }
        var faults: [ConfigurationFault] = []
        var choices: [KeyMap.Choice] = []
        for choice in keys {
            guard let command = Command(named: choice.command) else {
                let near = SimilarName.nearest(to: choice.command, in: Command.allCases.map(\.name))
                faults.append(
                    fault(
                        choice,
                        "there is no command “\(Shown.text(choice.command))”; "
                            + (near.map { "did you mean \($0)?" } ?? "? on the screen lists them.")))
                continue
            }
            let keys = choice.keys.map { Key(label: $0) }
            if let wrong = keys.firstIndex(of: nil) {
                faults.append(
                    fault(
                        choice,
                        "“\(Shown.text(choice.keys[wrong]))” is no key that a terminal sends; write it as help does: "
                            + "x, X, ctrl-x, alt-x, F5, up, PgUp, enter, esc, tab, space."))
            }
            choices.append(.init(command: command, keys: keys.compactMap { $0 }))
        }
        if !faults.isEmpty { throw ConfigurationFaults(faults) }
        do throws(KeyMap.Clash) {
            return try KeyMap.standard.rebound(choices)
        } catch {
            throw ConfigurationFaults([fault(keys[error.index], error.sentence)])
        }
    }

    private func fault(_ choice: KeyChoice, _ sentence: String) -> ConfigurationFault {
        ConfigurationFault(Shown.path(path), line: choice.line, "keys.\(Shown.text(choice.command)): \(sentence)")
    }

    /// The last component of its path, for headers.
    var shortName: String { Shown.text(path.split(separator: "/").last.map(String.init) ?? path) }
}
