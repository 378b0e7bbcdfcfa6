import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// What `config` tells, and what a broken file does to other commands.
@Suite struct ConfigCommandTests {
    private static func binary(_ text: String) throws -> Binary {
        let binary = try Binary()
        let folder = binary.place.path + "/config/runwatch"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/config.yaml"))
        return binary
    }

    @Test func everySettingComesWithItsSource() async throws {
        let binary = try Self.binary(
            """
            services:
              gpu:
                address: https://ana:geheim@gpu.example.org:5000/x
                read-only: true
            interval: 4
            columns: [loss, "val acc"]
            keys:
              mark: [m, F2]
            """)
        let variables = ["RUNWATCH_INTERVAL": "5", "RUNWATCH_SERVICE": "gpu", "HOME": binary.place.path]
        let answer = try await binary.call("config", "-o", "tsv", environment: variables)
        let file = "~/config/runwatch/config.yaml"
        #expect(answer.errors.isEmpty && answer.status == 0)
        #expect(
            answer.output == """
                service\thttps://gpu.example.org:5000/x\tRUNWATCH_SERVICE gpu
                interval\t5\tRUNWATCH_INTERVAL
                limit\t10000\tdefault
                read-only\tfalse\tdefault
                columns\tloss, val acc\t\(file):6
                sort\tstarted desc\tdefault
                notify\tbell,osc,hook\tdefault
                hook\t\tdefault
                mouse\tfalse\tdefault
                theme.color\tauto\tdefault
                theme.ascii\tfalse\tdefault
                services.gpu\thttps://…@gpu.example.org:5000/x\t\(file):3
                services.gpu.read-only\ttrue\t\(file):4
                keys.mark\tm, F2\t\(file):8

                """)
        let table = try await binary.call("config", "-o", "table", environment: variables)
        #expect(table.output.contains("interval") && table.output.contains("RUNWATCH_INTERVAL"))
        let value = try await binary.call(
            "config", "-o", "json", "--query", "[?name=='columns'].value | [0][1]", environment: variables)
        #expect(value.output == "\"val acc\"\n")
        for format in ["json", "yaml", "tsv", "table"] {
            let said = try await binary.call("config", "-o", format, environment: variables)
            #expect(said.status == 0 && !said.output.contains("geheim") && !said.errors.contains("geheim"))
        }
    }

    @Test func theDefaultServiceIsThatOfTheFile() async throws {
        let binary = try Self.binary("service: other\nservices:\n  other: http://127.0.0.1:9\n")
        let variables = ["RUNWATCH_SERVICE": "", "HOME": binary.place.path, "MLFLOW_TRACKING_URI": ""]
        let answer = try await binary.call("config", "-o", "tsv", environment: variables)
        #expect(answer.output.hasPrefix("service\thttp://127.0.0.1:9\t~/config/runwatch/config.yaml:1\n"))
        let named = try await binary.call("config", "-o", "tsv", "--service", "other", environment: variables)
        #expect(named.output.hasPrefix("service\thttp://127.0.0.1:9\t--service other\n"))
        let wrong = try await binary.call("config", "--service", "othre", environment: variables)
        #expect(wrong.status == 3 && wrong.errors.contains("Did you mean the service other?"))
    }

    @Test func theSampleAndItsPlaceArePrinted() async throws {
        let binary = try Binary()
        let path = try await binary.call("config", "--path")
        #expect(path.output == binary.place.path + "/config/runwatch/config.yaml\n" && path.status == 0)
        let sample = try await binary.call("config", "--sample")
        let file = binary.place.path + "/sample.yaml"
        try Data(sample.output.utf8).write(to: URL(fileURLWithPath: file))
        let answer = try await binary.call("config", environment: ["RUNWATCH_CONFIG": file])
        #expect(answer.status == 0 && answer.errors.isEmpty)
        #expect(try await binary.call("config", "--path", "--sample").status == 2)
    }

    @Test func aBrokenFileIsToldByEveryCommandWithStatus2() async throws {
        let binary = try Self.binary("intervall: 2\nlimit: x\n")
        let sentences = """
            Error: ~/config/runwatch/config.yaml:1: there is no setting “intervall”; did you mean interval?
            ~/config/runwatch/config.yaml:2: limit takes a number of runs, at least 1, and “x” is none.

            """
        for arguments in [["config"], ["list"], ["exec", "--", "true"], ["log", "a=1", "-r", "b"], []] {
            let answer = try await binary.call(arguments, environment: ["HOME": binary.place.path])
            #expect(answer.status == 2 && answer.output.isEmpty, "\(arguments)")
            #expect(answer.errors == sentences, "\(arguments)")
        }
        let object = try await binary.call("config", "-o", "json", environment: ["HOME": binary.place.path])
        #expect(object.status == 2 && object.errors.contains("{\"error\":{\"code\":\"invalid\""))
    }

    /// Somebody edits the file while a training runs: its script goes on logging.
    @Test func aBrokenFileDoesNotKeepACommandOfExecFromLogging() async throws {
        let binary = try Binary()
        let script = """
            mkdir -p "$XDG_CONFIG_HOME/runwatch" && echo 'no: such' > "$XDG_CONFIG_HOME/runwatch/config.yaml"
            "$0" log loss=0.5
            """
        let answer = try await binary.call("exec", "--", "sh", "-c", script, Binary.path)
        #expect(answer.status == 0 && answer.errors.isEmpty)
        #expect(try await binary.runs().first?.metrics.value(forKey: "loss")?.value == .number(0.5))
    }

    @Test func aServiceThatMayBeLookedAtOnlyIsNotWrittenTo() async throws {
        let made = try Binary()
        _ = try await made.call("exec", "--name", "x", "--", "true")
        let id = try #require(try await made.runs().first?.id.text)
        let binary = try Self.binary("services:\n  there:\n    address: \(made.store)\n    read-only: true\n")
        for service in ["there", made.store] {
            let answer = try await binary.call("log", "a=1", "-r", id, "--service", service)
            #expect(answer.status == 1 && answer.errors.contains("is opened to look only"), "\(service)")
        }
        #expect(try await binary.call("log", "a=1", "-r", id, "--store", made.store).status == 1)
        #expect(try await made.call("log", "a=1", "-r", id).status == 0)
    }
}
