import Foundation
import LocalStore
import RunModel
import RunServices
import TestSupport
import Testing

/// `submit` and `attach`: scripts and folders as Azure's command line has them.
@Suite struct SubmitTests {
    private static let script = """
        import os, sys
        print("args", sys.argv[1:], "in", os.path.basename(os.getcwd()), os.environ.get("FLAVOUR"))
        print("run", bool(os.environ.get("RUNWATCH_RUN_ID")))
        sys.exit(int(os.environ.get("STATUS", "0")))
        """

    /// A folder with a script and run configurations.
    private static func folder(_ binary: Binary, _ files: [String: String]) throws -> String {
        let folder = binary.place.path + "/project"
        for (name, text) in files.merging(["train.py": script], uniquingKeysWith: { $1 }) {
            let file = folder + "/" + name
            try FileManager.default.createDirectory(
                atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try text.write(toFile: file, atomically: false, encoding: .utf8)
        }
        return folder
    }

    /// Calls it in a directory.
    private static func call(
        _ binary: Binary, in folder: String, _ arguments: String..., variables: String = ""
    ) async throws -> Binary.Answer {
        let words = arguments.map { "'\($0.replacingOccurrences(of: "'", with: "'\\''"))'" }.joined(separator: " ")
        let command = "cd '\(folder)' && exec env \(variables) '\(Binary.path)' \(words) < /dev/null"
        return try await OtherProgram.run("sh", ["-c", command], binary)
    }

    @Test func `the configuration is honoured, and the command line counts for more`() async throws {
        let binary = try Binary()
        let folder = try Self.folder(
            binary,
            [
                ".azureml/sklearn.runconfig": """
                script: train.py
                arguments: [--alpha, 0.5]
                target: local
                framework: Python
                environment:
                  environmentVariables: {FLAVOUR: vanilla}
                  python: {userManagedDependencies: true, interpreterPath: python3}
                """
            ])
        let plain = try await Self.call(binary, in: folder, "submit", "-c", "sklearn", "-e", "testexperiment")
        #expect(plain.output == "args ['--alpha', '0.5'] in project vanilla\nrun True\n", "\(plain.errors)")
        #expect(plain.status == 0)
        let other = try await Self.call(
            binary, in: folder, "submit", "-c", "sklearn", "--tag", "k=v", "train.py", "--beta", "a b", "--help")
        #expect(other.output.hasPrefix("args ['--beta', 'a b', '--help'] in project vanilla\n"), "\(other.errors)")
        let runs = try await binary.runs()
        #expect(runs.map(\.name) == ["train.py", "train.py"] && runs.map(\.status) == [.completed, .completed])
        #expect(runs.map(\.experimentName) == ["project", "testexperiment"])
        #expect(runs[0].tags.value(forKey: "k") == "v")
        #expect(try await binary.log(of: runs[1].id) == plain.output)
        let details = try await binary.service().details(of: runs[1].id)
        #expect(details.source?.directory == folder && details.source?.command.dropFirst().first == "train.py")
    }

    @Test func `the exit status is the script's, and this machine's Python is enough`() async throws {
        let binary = try Binary()
        let folder = try Self.folder(binary, [:])
        let answer = try await Self.call(binary, in: folder, "submit", "train.py", variables: "STATUS=7")
        #expect(answer.status == 7 && answer.output.hasPrefix("args [] in project None"))
        #expect(try await binary.runs().first?.status == .failed)
        let detached = try await Self.call(binary, in: folder, "submit", "--detach", "train.py")
        let id = RunID(String(detached.output.dropLast()))
        _ = try await eventually("the end of a detached script") {
            try await binary.service().details(of: id).run.status == .completed ? true : nil
        }
    }

    @Test func `it is queued and stopped as exec's commands are`() async throws {
        let binary = try Binary()
        let folder = try Self.folder(binary, [:])
        let answer = try await Self.call(
            binary, in: folder, "submit", "--queue", "scripts", "--grace", "1200", "--stop-signal", "USR1",
            "--no-system-metrics", "train.py")
        #expect(answer.status == 0, "\(answer.errors)")
        let run = try #require(try await binary.runs().first)
        #expect(run.status == .completed && run.stopTerms == StopTerms(signal: "SIGUSR1", grace: 1_200_000))
        #expect(run.machineTags.value(forKey: Run.queueTag) == "scripts")
        #expect(try await binary.log(of: run.id).hasPrefix("args []"))
    }

    @Test(arguments: [
        ("target: cpu-cluster", "`cpu-cluster`"), ("framework: PySpark", "`PySpark`"),
        ("environment: {docker: {enabled: true}}", "Docker"),
        ("environment: {name: sk, python: {userManagedDependencies: false}}", "`sk` is to be built with conda"),
    ])
    func `what this machine cannot do is refused before a run is made`(_ text: String, _ named: String) async throws {
        let binary = try Binary()
        let folder = try Self.folder(binary, ["remote.runconfig": text])
        for extra in [[], ["--detach"]] as [[String]] {
            let answer = try await binary.call(
                ["submit", "-c", "remote", "--path", folder] + extra + ["train.py"])
            #expect(answer.status == 1 && answer.output.isEmpty)
            #expect(answer.errors.contains(named) && answer.errors.contains("`remote`"), "\(answer.errors)")
        }
        #expect(try await binary.runs().isEmpty)
    }

    @Test func `what is not there is named`() async throws {
        let binary = try Binary()
        let folder = try Self.folder(binary, ["a.runconfig": "target: local"])
        for (arguments, status, named) in [
            (["-c", "none", "train.py"], 3, "`a`"), (["missing.py"], 3, "missing.py"), (["-c", "a"], 2, "No script"),
            (["--bogus", "train.py"], 2, "Unknown option"),
        ] as [([String], Int32, String)] {
            let answer = try await binary.call(["submit", "--path", folder] + arguments)
            #expect(answer.status == status && answer.errors.contains(named), "\(arguments): \(answer.errors)")
        }
    }

    @Test func `a folder is attached, and its samples run`() async throws {
        let binary = try Binary()
        let folder = try Self.folder(binary, ["src/x.py": ""])
        let answer = try await Self.call(
            binary, in: folder, "attach", "-w", "ws", "-g", "rg", "--subscription-id", "sub", "-e", "mine", "-o",
            "json",
            "--query", "[\"Workspace name\", \"Subscription id\", \"Project path\"]")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.filter { !" \n".contains($0) } == #"["ws","sub","\#(folder)"]"#)
        let config = try String(contentsOfFile: folder + "/.azureml/config.json", encoding: .utf8)
        #expect(config.contains(#""workspace_name": "ws""#) && config.contains(#""experiment_name": "mine""#))
        // From below the folder, with its sample and its experiment.
        let run = try await Self.call(
            binary, in: folder + "/src", "submit", "-c", "sklearn", "--source-directory", folder, "train.py")
        #expect(run.status == 0 && run.output.contains("in project"), "\(run.errors)")
        #expect(try await binary.runs().first?.experimentName == "mine")
    }

    @Test func `the subscription is that of the environment or of az, or else is asked for`() async throws {
        let binary = try Binary()
        let folder = try Self.folder(binary, [:])
        let arguments = [
            "attach", "-w", "ws", "-g", "rg", "--path", folder, "--query", "\"Subscription id\"", "-o", "tsv",
        ]
        var home = ["HOME": binary.place.path, "AZURE_SUBSCRIPTION_ID": "", "AZUREML_ARM_SUBSCRIPTION": ""]
        let unknown = try await binary.call(arguments, environment: home)
        #expect(unknown.status == 2 && unknown.errors.contains("--subscription-id"))
        try FileManager.default.createDirectory(
            atPath: binary.place.path + "/.azure", withIntermediateDirectories: true)
        try "\u{FEFF}{\"subscriptions\": [{\"id\": \"one\"}, {\"id\": \"two\", \"isDefault\": true}]}"
            .write(toFile: binary.place.path + "/.azure/azureProfile.json", atomically: false, encoding: .utf8)
        #expect(try await binary.call(arguments, environment: home).output == "two\n")
        home["AZURE_SUBSCRIPTION_ID"] = "three"
        #expect(try await binary.call(arguments, environment: home).output == "three\n")
    }
}
