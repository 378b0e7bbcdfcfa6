import Foundation
import RunServer
import TestSupport

/// Azure ML's own client, in a directory and a home of its own, beside the helper that the server prints.
final class AzureClient: Sendable {
    private static let python = PythonScript(environment: "azure-venv", requirements: "azureml-requirements.txt")

    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: path + "/.azureml", withIntermediateDirectories: true)
        for (name, text) in [
            "runwatch_helper.py": PythonHelper.text,
            ".azureml/config.json":
                #"{"subscription_id": "0000", "resource_group": "group", "workspace_name": "space"}"#,
        ] {
            try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    /// Where scripts are run.
    var path: String { directory.path }

    /// Runs a script of `Tests/Fixtures` on a server, and returns the JSON object that it printed last.
    func run(
        _ script: String, on server: ServedStore, _ arguments: [String] = [], environment: [String: String] = [:]
    ) async throws -> [String: Any] {
        let quiet = [
            "HOME": path, "TMPDIR": path, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1",
            // Processes that do not go by themselves are not given ten seconds.
            "RUNWATCH_GRACE": "2",
        ]
        let printed = try await Self.python.run(
            script, [server.address] + arguments, environment: quiet.merging(environment) { $1 }, directory: path)
        let text = String(decoding: printed, as: UTF8.self)
        // The client prints sentences of its own before.
        guard let last = text.split(separator: "\n").last,
            let object = try? JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any]
        else { throw NoObject(description: "\(script) printed no JSON object: \(text.suffix(500))") }
        return object
    }

    /// The text of every file that scripts and the SDK left in the directory.
    func files() throws -> [String] {
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.compactMap { name in
            FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private struct NoObject: Error, CustomStringConvertible { let description: String }
}
