import RunModel
import Testing

@testable import UserConfiguration

/// What a configuration file may say, and how it is told what it may not.
@Suite struct ConfigurationFileTests {
    @Test func everySettingIsRead() throws {
        let file = try file(
            """
            service: gpu
            services:
              gpu: http://gpu:5000
              team:
                address: sqlite:////srv/mlflow.db
                read-only: yes
            interval: 0.5
            limit: 50_000
            read-only: true
            columns: [loss, "val, acc"]
            sort: loss desc
            theme:
              color: never
              ascii: on
            keys:
              cancel: X
              page-down: [PgDn, " "]
              mark: []
            """)
        #expect(file.service == Placed("gpu", line: 1))
        #expect(file.services.map(\.name) == ["gpu", "team"])
        #expect(file.service(named: "gpu")?.address == Placed("http://gpu:5000", line: 3))
        #expect(file.service(named: "team")?.readOnly == Placed(true, line: 6))
        #expect(file.service(named: "team")?.line == 4)
        #expect(file.interval == Placed(0.5, line: 7))
        #expect(file.limit == Placed(50_000, line: 8))
        #expect(file.readOnly == Placed(true, line: 9))
        #expect(file.columns == Placed(["loss", "val, acc"], line: 10))
        #expect(file.sort == Placed(SortOrder(column: .metric("loss"), isDescending: true), line: 11))
        #expect(file.color == Placed(.never, line: 13))
        #expect(file.ascii == Placed(true, line: 14))
        #expect(
            file.keys == [
                KeyChoice(command: "cancel", keys: ["X"], line: 16),
                KeyChoice(command: "page-down", keys: ["PgDn", " "], line: 17),
                KeyChoice(command: "mark", keys: [], line: 18),
            ])
    }

    @Test(arguments: ["", "# nothing\n", "---\n", "interval:\nservices:\n", "\u{FEFF}interval:\n", "{}"])
    func aFileMaySayNothing(_ text: String) throws {
        #expect(try file(text) == ConfigurationFile(path: "/home/ana/config.yaml"))
    }

    /// The sample says nothing as it is, and everything once its comment signs are gone.
    @Test func theSampleIsAConfiguration() throws {
        #expect(try file(ConfigurationSample.text) == ConfigurationFile(path: "/home/ana/config.yaml"))
        let lines = ConfigurationSample.text.split(separator: "\n").filter {
            $0.hasPrefix("#") && (!$0.hasPrefix("# ") || $0.hasPrefix("#  "))
        }
        let whole = try file(lines.map { $0.dropFirst() }.joined(separator: "\n"))
        #expect(whole.service != nil && whole.services.count == 2 && whole.keys.count == 2)
        #expect(whole.interval?.value == SettingKinds.interval.standard)
        #expect(whole.limit?.value == SettingKinds.limit.standard)
        #expect(whole.readOnly?.value == SettingKinds.readOnly.standard)
        #expect(whole.sort?.value == SettingKinds.sort.standard)
        #expect(whole.color?.value == SettingKinds.color.standard)
        #expect(whole.ascii?.value == SettingKinds.ascii.standard)
        #expect(whole.columns != nil)
    }

    @Test(arguments: [
        ("\nintervall: 2", "config.yaml:2: there is no setting “intervall”; did you mean interval?"),
        ("read_only: true", "config.yaml:1: there is no setting “read_only”; did you mean read-only?"),
        (
            "zebra: 2",
            "config.yaml:1: there is no setting “zebra”, only service, services, interval, limit, read-only, columns, "
                + "sort, notify, hook, mouse, theme, views, keys, commands."
        ),
        ("theme:\n  colour: never", "config.yaml:2: there is no setting “theme.colour”; did you mean theme.color?"),
        ("interval: fast", "config.yaml:1: interval takes seconds from 0.1 to 3600, and “fast” is none."),
        ("interval: nan", "config.yaml:1: interval takes seconds from 0.1 to 3600, and “nan” is none."),
        ("interval: [2]", "config.yaml:1: interval takes seconds from 0.1 to 3600, and here is a list."),
        ("limit: 0", "config.yaml:1: limit takes a number of runs, at least 1, and “0” is none."),
        ("read-only: maybe", "config.yaml:1: read-only takes true or false, and “maybe” is none."),
        ("sort: ''", "config.yaml:1: sort takes a column or a metric, then asc or desc if need be, and “” is none."),
        ("theme: dark", "config.yaml:1: theme takes color, ascii and colors, each on a line below it."),
        ("theme:\n  color: red", "config.yaml:2: theme.color takes auto or never, and “red” is none."),
        ("columns: [a, a]", "config.yaml:1: columns names one twice; keep one."),
        ("keys: q", "config.yaml:1: keys takes a command and its keys on each line below it."),
        ("keys:\n  quit: {a: b}", "config.yaml:2: keys.quit takes a key or a list of keys, and here is a group."),
        ("keys:\n  quit:", "config.yaml:2: keys.quit takes a key or a list of keys, and here is nothing."),
        ("services: http://a", "config.yaml:1: services takes a name and an address on each line below it."),
        (
            "services:\n  a:\n    read-only: true",
            "config.yaml:2: services.a has no address; write `address:` and where it is below it."
        ),
        (
            "services:\n  a:\n    address: []",
            "config.yaml:3: services.a.address takes an address or a path, and here is a list."
        ),
        (
            "services:\n  a:\n    addres: x\n    address: x",
            "config.yaml:3: there is no setting of a service “addres”; did you mean address?"
        ),
        (
            "services:\n  http://a: b",
            "config.yaml:2: “http://a” cannot name a service; take up to 40 letters, digits, “.”, “_” and “-”, a letter or "
                + "digit first."
        ),
        ("- a", "config.yaml:1: the configuration takes lines of NAME: VALUE."),
        (
            "interval: 2\nlimit: 3\ninterval: 4",
            "config.yaml:3: this cannot be read: the key `interval` is there twice."
        ),
        ("services:\n  a: b\n  a: c", "config.yaml:3: this cannot be read: the key `a` is there twice."),
        (
            "interval: 2\n  limit: 3",
            "config.yaml:2: this cannot be read: mapping values are not allowed in this context."
        ),
        ("columns: [a", "config.yaml:2: this cannot be read: did not find expected ',' or ']'."),
        ("a\u{0}b", "config.yaml: this file is not text in UTF-8."),
        (
            "keys:\n  mark-all: *x",
            "config.yaml:2: anchors (&name) and aliases (*name) are not read here; write the value out, or put quotes right "
                + "around it."
        ),
    ]) func whatIsWrongIsNamed(_ text: String, _ sentence: String) {
        #expect(faults(text) == [sentence])
    }

    @Test func allThatIsWrongIsNamedAtOnce() {
        #expect(faults("interval: x\nlimit: y\nservcie: z").count == 3)
        #expect(faults((1...100).map { "zebra\($0): 1\n" }.joined()).count == 20)
    }

    /// A few lines that stand for more than any memory holds, and a tree deeper than any stack.
    @Test(arguments: [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "? &a [x]\n: *a", "- - - &a x\n- *a", "\"a # b\": *x",
        "[\"a\n# b\", *x]", "!!str &a x", String(repeating: "[", count: 30_000),
        String(repeating: "- ", count: 30_000), String(repeating: "? ", count: 30_000),
        (0..<240).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
    ]) func whatGrowsIsRefused(_ text: String) {
        #expect(!faults(text).isEmpty)
    }

    @Test(arguments: [
        "keys:\n  mark-all: '*'\n  up: \"&\"", "# use *this* & that\ninterval: 2 # seconds, *not* minutes\n",
        "columns: [loss & acc, a*b, a&b]",
    ]) func starsAndAmpersandsElsewhereAreText(_ text: String) throws {
        _ = try file(text)
    }

    @Test func nothingOfTheFileSteersTheTerminal() {
        let text = faults("\"\\e]0;owned\\a\": 1\ninterval: \"\\u202ex\"\nkeys:\n  \"\\e[m\": {}").joined(
            separator: "\n")
        #expect(text.contains("there is no setting"))
        for scalar in text.unicodeScalars { #expect(scalar == "\n" || scalar.value >= 0x20 && scalar.value != 0x202E) }
    }
}
