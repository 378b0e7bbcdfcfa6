import AzureMLFolder
import BoundedYAML
import Foundation
import RunServices
import TestSupport
import Testing

/// Run configurations as Azure's SDK saves them and as its documentation shows them.
@Suite struct RunConfigurationTests {
    private static func read(_ text: String) throws -> RunConfiguration {
        try RunConfiguration(yaml: Array(text.utf8), name: "x.runconfig")
    }

    @Test func `what makes sense on this machine is honoured`() throws {
        let configuration = try Self.read(
            """
            # The script to run.
            script: train.py
            arguments:
            - --epochs
            - 3
            - "a b"
            target: local
            framework: Python
            communicator: None
            maxRunDurationSeconds:
            nodeCount: 1
            environment:
              name: mine
              environmentVariables:
                EXAMPLE_ENV_VAR: EXAMPLE_VALUE
                NUMBER: 010
                NOTHING:
              python:
                userManagedDependencies: true
                interpreterPath: /opt/python
                condaDependencies:
                  dependencies: [python=3.6.2]
              docker:
                enabled: false
                baseImage: mcr.microsoft.com/azureml/base:0.2.4
            """)
        #expect(configuration.script == "train.py" && configuration.arguments == ["--epochs", "3", "a b"])
        #expect(configuration.environment.interpreterPath == "/opt/python" && configuration.obstacle == nil)
        #expect(
            configuration.environment.variables == ["EXAMPLE_ENV_VAR": "EXAMPLE_VALUE", "NUMBER": "010", "NOTHING": ""])
    }

    @Test(arguments: ["", "{}", "script: a.py", #"{"script": "a.py", "target": null, "environment": {}}"#])
    func `a file that says little runs here`(_ text: String) throws {
        #expect(try Self.read(text).obstacle == nil)
    }

    @Test(arguments: [
        ("target: cpu-cluster", "`cpu-cluster`"), ("target: \"amlcompute\"", "`amlcompute`"),
        ("framework: PySpark", "`PySpark`"), ("communicator: OpenMpi", "`OpenMpi`"), ("nodeCount: 4", "4 nodes"),
        ("environment: {docker: {enabled: true}}", "Docker"), ("docker: {useDocker: true}", "Docker"),
        ("environment: {name: e1, python: {userManagedDependencies: false}}", "`e1` is to be built with conda"),
        ("environment: {python: {condaDependenciesFile: aml_config/conda_dependencies.yml}}", "conda"),
    ])
    func `what this machine cannot do is refused by name`(_ text: String, _ named: String) throws {
        let obstacle = try #require(try Self.read(text).obstacle)
        #expect(obstacle.contains(named))
    }

    @Test(arguments: [
        ("nodeCount: many", "x.runconfig, line 1: `nodeCount`"), ("a: 1\nscript: [1]", "line 2: `script`"),
        ("environment:\n  python:\n    userManagedDependencies: perhaps", "line 3"), ("- 1", "holds no keys"),
        ("a: [", "cannot be read: line"), ("a: 1\na: 2", "`a` is there twice"), ("arguments: {a: 1}", "`arguments`"),
        ("environment: {environmentVariables: [A]}", "`environment.environmentVariables`"),
    ])
    func `a wrong value is named with its line`(_ text: String, _ sentence: String) {
        #expect { try Self.read(text) } throws: { "\($0)".contains(sentence) }
    }

    @Test func `aliases and nesting are bounded`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x]\n"
        for level in 1...20 {
            let names = Array(repeating: "*a\(level - 1)", count: 8).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(names)]\n"
        }
        #expect(throws: YAMLProblem.self) { try BoundedYAML.read(Array(text.utf8)) }
        for deep in [
            String(repeating: "[", count: 50_000), String(repeating: "- ", count: 50_000),
            String(repeating: "? ", count: 50_000),
            (0..<1_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        ] {
            #expect(throws: YAMLProblem.self) { try BoundedYAML.read(Array(deep.utf8)) }
        }
    }

    @Test func `a name is looked for in the folder's own directory, then beside it, and a path is one`() throws {
        let place = try TemporaryDirectory()
        #expect { try RunConfigurationFile.read("none", in: place.path) } throws: {
            "\($0)".contains("`runwatch attach`") && ($0 as? RunServiceError)?.code == .notFound
        }
        try "script: beside.py".write(toFile: place.path + "/a.runconfig", atomically: false, encoding: .utf8)
        #expect(try RunConfigurationFile.read("a", in: place.path).0.script == "beside.py")
        #expect(try RunConfigurationFile.read("a.runconfig", in: place.path).0.script == "beside.py")
        #expect(try RunConfigurationFile.read(place.path + "/a.runconfig", in: "/").0.script == "beside.py")
        #expect { try RunConfigurationFile.read("b", in: place.path) } throws: { "\($0)".contains("there is `a`") }
    }
}
