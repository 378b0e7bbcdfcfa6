import ArgumentParser
import RunReports
import RunServices
import UserConfiguration

/// `runwatch doctor`: what one needs to know when something does not work.
struct DoctorCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Tell what is wrong with this installation, terminal and run service.",
        discussion: """
            Changes nothing, and no secret is in what it prints, so that it can go into a bug report. Exit status 0: nothing \
            is wrong; 1: something is; 4: the run service cannot be reached or does not let you in.

              runwatch doctor --service https://mlflow.example.org
            """)

    @OptionGroup var names: ServiceNames
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var findings = MachineExamination.program
        let (settings, configurationFindings) = Self.configured()
        findings += await TerminalExamination.findings(settings) + configurationFindings
        var fault: RunServiceError?
        do throws(RunServiceError) {
            let location = try ServiceLocator.here.choose(service: names.service, store: names.store)
            var examiner = ServiceExaminer(location)
            await examiner.examine()
            findings += examiner.findings
            fault = examiner.fault
        } catch {
            fault = error
            findings.append(Finding(.service, "service", "none", problem: error.message))
        }
        let report = DoctorReport(findings: findings + MachineExamination.limits, fault: fault)
        var writer = try ResultWriter(output)
        if writer.format == .table, output.query == nil {
            try writer.write(text: report.text + "\n")
        } else {
            try writer.write(report.json)
        }
        if report.status != 0 { throw ExitCode(report.status) }
    }

    private static func configured() -> (ScreenSettings?, [Finding]) {
        let place = ConfigurationPlace(environment: Environment.all)
        let name = place.map { Shown.path($0.path) } ?? "none, for HOME is unset"
        do throws(ConfigurationFaults) {
            let file = try UserFile.loaded.get()
            _ = try file.userCommands(beside: file.keyMap())
            _ = try file.statusColors()
            let settings = try ScreenSettings(environment: Environment.all, file: file)
            var findings = [Finding(.configuration, "file", file.isThere ? name : "\(name), which is not there")]
            if file.isThere {
                let names = file.services.map(\.name)
                findings.append(
                    Finding(.configuration, "services", names.isEmpty ? "none" : names.joined(separator: ", ")))
            }
            if file.othersMayRead, file.services.contains(where: \.hasPassword) {
                findings[0].problem = "others can read \(name), and a password is in it; chmod 600 it."
            }
            return (settings, findings)
        } catch {
            return (nil, error.faults.map { Finding(.configuration, "file", name, problem: "\($0)") })
        }
    }
}
