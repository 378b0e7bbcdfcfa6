import UserConfiguration

extension FuzzTarget {
    /// The configuration file, and the variables that say the same.
    static let userConfiguration = FuzzTarget(
        "userConfiguration", rounds: 1_500,
        seeds: [
            "service: gpu\nservices:\n  gpu: http://gpu:5000\n  team: {address: sqlite:////a.db, read-only: yes}\n",
            "interval: 1e-1\nlimit: 9223372036854775807\ncolumns: [a, 'b''c', \"d\\u202e\"]\nsort: loss desc\n",
            "keys:\n  cancel: X\n  page-down: [PgDn, ctrl-f]\n  mark: []\ntheme: {color: never, ascii: on}\n",
            "a: &a [x, x]\nb: [*a, *a]\n", "a: 1\na: 2\n", "? [a]\n: b\n- c", "%YAML 1.1\n---\n!!str a: >-\n  b\n...\n",
            String(repeating: "- ", count: 3_000), String(repeating: "{a: ", count: 3_000), ConfigurationSample.text,
        ]
    ) { bytes in
        let text = String(decoding: bytes.prefix(200), as: UTF8.self)
        let variables = ["RUNWATCH_INTERVAL", "RUNWATCH_LIMIT", "RUNWATCH_SORT", "RUNWATCH_COLUMNS", "RUNWATCH_CONFIG"]
        let environment = Dictionary(uniqueKeysWithValues: variables.map { ($0, text) })
        do throws(ConfigurationFaults) {
            let file = try ConfigurationFile(bytes, path: "/config.yaml", name: "config.yaml")
            precondition(Set(file.services.map(\.name)).count == file.services.count)
            let settings = try ScreenSettings(environment: environment, file: file)
            precondition((0.1...3_600).contains(settings.interval.value) && settings.limit.value > 0)
            _ = SettingKinds.interval.text(settings.interval.value) + SettingKinds.sort.text(settings.sort.value)
        } catch {
            precondition(!error.faults.isEmpty && !error.description.contains("\u{1B}"))
        }
        _ = ConfigurationPlace(environment: environment)
    }
}
