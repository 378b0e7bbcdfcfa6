import RunModel
import Testing

@testable import UserConfiguration

/// Who is obeyed when several say something.
@Suite struct SettingTests {
    private static func file(_ text: String) throws -> ConfigurationFile {
        try ConfigurationFile(Array(text.utf8), path: "/c.yaml", name: "c.yaml")
    }

    @Test func anOptionGoesBeforeAVariableAndBothBeforeTheFile() throws {
        let file = try Self.file("limit: 5\ninterval: 3\nsort: loss\n")
        var options = ScreenSettings.Options()
        options.limit = 7
        let environment = ["RUNWATCH_LIMIT": "6", "RUNWATCH_INTERVAL": "4", "RUNWATCH_COLOR": ""]
        let settings = try ScreenSettings(options: options, environment: environment, file: file)
        #expect(settings.limit == Setting(value: 7, source: .option("--limit")))
        #expect(settings.interval == Setting(value: 4, source: .variable("RUNWATCH_INTERVAL")))
        #expect(settings.sort.source == .file(path: "/c.yaml", line: 3))
        #expect(settings.color == Setting(value: .auto, source: .standard))
        #expect(settings.columns == Setting(value: [], source: .standard))
    }

    @Test func everyVariableIsRead() throws {
        let environment = [
            "RUNWATCH_INTERVAL": "0.25", "RUNWATCH_LIMIT": "100", "RUNWATCH_READ_ONLY": "1",
            "RUNWATCH_COLUMNS": "loss, val acc", "RUNWATCH_SORT": "started asc", "RUNWATCH_COLOR": "never",
            "RUNWATCH_ASCII": "TRUE", "RUNWATCH_NOTIFY": "bell,hook", "RUNWATCH_HOOK": "cat",
        ]
        let settings = try ScreenSettings(environment: environment, file: ConfigurationFile(path: "/c.yaml"))
        #expect(settings.interval.value == 0.25 && settings.limit.value == 100 && settings.readOnly.value)
        #expect(settings.columns.value == ["loss", "val acc"] && settings.ascii.value)
        #expect(settings.sort.value == SortOrder(column: .started, isDescending: false))
        #expect(settings.color.value == .never)
        #expect(SettingKinds.notify.text(settings.notify.value) == "bell,hook" && settings.hook.value == "cat")
    }

    @Test func wrongVariablesAreNamedTogether() throws {
        let environment = ["RUNWATCH_INTERVAL": "x", "RUNWATCH_COLUMNS": "a,,b"]
        do throws(ConfigurationFaults) {
            _ = try ScreenSettings(environment: environment, file: ConfigurationFile(path: "/c.yaml"))
            Issue.record("taken")
        } catch {
            #expect(
                "\(error)" == """
                    RUNWATCH_INTERVAL: takes seconds from 0.1 to 3600, and “x” is none.
                    RUNWATCH_COLUMNS: takes columns with commas between them, and “a,,b” is none.
                    """)
        }
    }

    @Test(arguments: [
        ("started", SortOrder.Column.started, true), ("STARTED ASC", .started, false), ("name", .name, false),
        ("loss", .metric("loss"), false), ("loss DESC", .metric("loss"), true), ("val acc", .metric("val acc"), false),
        ("desc", .metric("desc"), false), ("metrics.name", .metric("name"), false),
        ("metric.a b desc", .metric("a b"), true), ("metrics.metrics.x", .metric("metrics.x"), false),
        ("  duration  ", .duration, true),
    ]) func anOrderIsReadAndWritten(_ text: String, _ column: SortOrder.Column, _ isDescending: Bool) throws {
        let order = try #require(SortOrder(text))
        #expect(order == SortOrder(column: column, isDescending: isDescending))
        #expect(SortOrder(order.text) == order)
    }

    @Test func namesMeantAreFound() {
        let names = ["cancel", "page-down", "quit"]
        #expect(SimilarName.nearest(to: "cancle", in: names) == "cancel")
        #expect(SimilarName.nearest(to: "pagedown", in: names) == "page-down")
        #expect(SimilarName.nearest(to: "zebra", in: names) == nil)
        #expect(SimilarName.nearest(to: "", in: names) == nil)
        #expect(SimilarName.nearest(to: String(repeating: "x", count: 100_000), in: names) == nil)
    }
}
