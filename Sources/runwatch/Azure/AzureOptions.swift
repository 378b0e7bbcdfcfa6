import ArgumentParser
import FileAccess
import Glibc
import JMESPath
import RunReports
import RunServices

/// What every command of `az ml` takes.
struct AzureOptions: ParsableArguments {
    /// The formats of `az`.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json, jsonc, none, table, tsv, yaml, yamlc

        /// Colours are for people; what reads this is a script.
        var plain: OutputFormat {
            switch self {
            case .json, .jsonc, .none: .json
            case .table: .table
            case .tsv: .tsv
            case .yaml, .yamlc: .yaml
            }
        }
    }

    @Option(
        name: [.customShort("w"), .customLong("workspace-name")], help: "The workspace, where the service is Azure's.")
    var workspace: String?

    @Option(name: [.customShort("g"), .customLong("resource-group")], help: "The workspace's resource group.")
    var group: String?

    @Option(name: [.customLong("subscription-id"), .customLong("subscription")], help: "The workspace's subscription.")
    var subscription: String?

    @Option(name: .long, help: "The folder that is attached; by default the current directory.")
    var path: String?

    @Option(
        name: [.customShort("t"), .customLong("output-metadata-file")],
        help: "A new file that gets the result as JSON too.")
    var metadataFile: String?

    @Option(name: .shortAndLong, help: "json, jsonc, none, table, tsv, yaml or yamlc.")
    var output = Format.json

    @Option(name: .long, help: "A JMESPath expression.")
    var query: String?

    @Flag(name: .long, help: .private) var debug = false
    @Flag(name: .long, help: .private) var verbose = false
    @Flag(name: .long, help: .private) var onlyShowErrors = false

    /// The same as our own commands have it.
    var plain: OutputOptions {
        var options = OutputOptions()
        options.output = output.plain
        options.query = query
        return options
    }

    func validate() throws { try plain.validate() }

    /// Before anything is done: Azure's command replaces no file.
    func checkMetadataFile() throws {
        guard let metadataFile, access(metadataFile, F_OK) == 0 else { return }
        throw ConsoleError("\(Shown.path(metadataFile)) exists already; name another file after -t.")
    }

    /// Writes a result to the standard output, and to the file that was asked for.
    func write(_ value: JSONValue) throws {
        if let metadataFile { try Self.put(value, at: FileAccess.absolute(metadataFile)) }
        if output == .none { return }
        var writer = try ResultWriter(plain)
        try writer.write(value)
    }

    private static func put(_ value: JSONValue, at file: String) throws {
        let text = try JSONWriter.text(of: value, layout: .indented, escaping: .nonASCII) + "\n"
        var folder = ""
        for part in file.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o777)
        }
        let handle = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        defer { if handle >= 0 { close(handle) } }
        guard handle >= 0, FileAccess.write(Array(text.utf8), to: handle) else {
            throw ConsoleError("\(Shown.path(file)) cannot be written: \(String(cString: strerror(errno))).")
        }
    }
}

/// A command of `az ml`.
protocol AzureCommand: ReportingCommand {
    var azure: AzureOptions { get }
}

extension AzureCommand {
    var output: OutputOptions { azure.plain }
}
