import ArgumentParser
import JMESPath
import RunReports
import RunServices

/// Why a command ends without having done what it was asked for: for the shell, for a person, and for a script.
struct CommandFailure {
    /// What the process ends with.
    let status: Int32
    /// A word for scripts, such as `notFound`.
    let code: String
    /// Empty where everything was said already.
    let sentence: String

    /// - Parameters:
    ///   - parserStatus: what ArgumentParser would end with.
    ///   - message: what it would say, its own errors' usage included.
    init(_ error: any Error, parserStatus: Int32, message: String) {
        switch error {
        case let error as RunServiceError:
            (status, code) = (ExitStatus(error.code).rawValue, error.code.rawValue)
        case let error as ConsoleError: (status, code) = (error.status.rawValue, error.code)
        case let error as JMESPathError:
            (status, code) = ((error.kind == .syntax ? ExitStatus.usage : .failed).rawValue, error.kind.rawValue)
        case is ExitCode: (status, code) = (parserStatus, "failed")
        // ArgumentParser ends with EX_USAGE of sysexits.h.
        default:
            let isUsage = parserStatus == ExitCode.validationFailure.rawValue
            (status, code) = isUsage ? (ExitStatus.usage.rawValue, "usage") : (parserStatus, "failed")
        }
        sentence = message
    }

    /// One line: `{"error":{"code":…,"message":…}}`.
    var object: String {
        var json = JSONBytes(.compact)
        json.beginObject()
        json.key("error")
        json.beginObject()
        json.member("code", code)
        json.member("message", plainSentence)
        json.endObject()
        json.endObject()
        return String(decoding: json.take(), as: UTF8.self)
    }

    /// Without ArgumentParser's `Error: ` and the usage below it.
    private var plainSentence: String {
        let first = sentence.split(separator: "\n").first.map(String.init) ?? ""
        return first.hasPrefix("Error: ") ? String(first.dropFirst(7)) : first
    }
}

/// A command that takes `--output`, by which its errors are told in the same form.
protocol ReportingCommand: AsyncParsableCommand {
    var output: OutputOptions { get }
}

extension CommandFailure {
    /// Whether arguments that no command understood ask for JSON, so that the error comes as an object too.
    static func asksForObject(_ arguments: [String]) -> Bool {
        var previous = ""
        for argument in arguments.prefix(while: { $0 != "--" }) {
            let isOption = previous == "-o" || previous == "--output"
            if isOption && (argument == "json" || argument == "jsonl") { return true }
            if ["--output=json", "--output=jsonl", "-ojson", "-ojsonl", "-o=json", "-o=jsonl"].contains(argument) {
                return true
            }
            previous = argument
        }
        return false
    }
}
