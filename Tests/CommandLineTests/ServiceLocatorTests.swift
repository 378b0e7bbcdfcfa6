import Foundation
import MLflowService
import RunServices
import TestSupport
import Testing

@testable import runwatch

/// Which run service is found, by what is named, set and lying about; nothing of this process or machine takes part.
@Suite struct ServiceLocatorTests {
    let place: TemporaryDirectory
    var root: String { place.path }

    init() throws {
        place = try TemporaryDirectory()
        try make("project/mlflow.db", "SQLite format 3\0")
        try make("project/mlruns/0/meta.yaml")
        try make("old/mlruns/123/meta.yaml")
        try make("served/mlflow.db", "SQLite format 3\0")
        try make("served/mlruns/1/abc/artifacts/model.bin")
        try make("store/runs.db", "SQLite format 3\0")
        try make("plain/notes.txt", "hello")
    }

    private func make(_ path: String, _ text: String = "x") throws {
        let url = URL(fileURLWithPath: root + "/" + path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    private func locator(in directory: String = "plain", _ environment: [String: String] = [:]) -> ServiceLocator {
        ServiceLocator(
            environment: ["HOME": root + "/home"].merging(environment) { $1 }, directory: root + "/" + directory)
    }

    /// What is chosen, as text for an environment with the temporary directory left out.
    private func choice(
        in directory: String = "plain", _ environment: [String: String] = [:], service: String? = nil,
        store: String? = nil
    ) throws -> [String] {
        let location = try locator(in: directory, environment).choose(service: service, store: store)
        let text = location.environmentText
        return [text.replacingOccurrences(of: root, with: ""), location.reason]
    }

    private func refusal(
        _ service: String?, in directory: String = "plain", _ environment: [String: String] = [:]
    ) -> RunServiceError? {
        do throws(RunServiceError) {
            let location = try locator(in: directory, environment).choose(service: service)
            Issue.record("\(location) was chosen")
            return nil
        } catch {
            return error
        }
    }

    @Test func directoriesWithEventFilesAreTensorBoards() throws {
        try make("logs/a/b/events.out.tfevents.1.host", "")
        for service in [
            "../logs", root + "/logs/", "tensorboard:../logs", "tb:" + root + "/logs", "TB:../plain/../logs",
        ] {
            #expect(try choice(service: service) == ["tensorboard:/logs", "--service"], "\(service)")
        }
        #expect(try choice(service: "../logs/a/b/events.out.tfevents.1.host")[0] == "tensorboard:/logs/a/b")
        // Before the first file is there.
        #expect(try choice(service: "tb:.")[0] == "tensorboard:/plain")
        #expect(try choice(["RUNWATCH_SERVICE": "tensorboard:" + root + "/logs"])[0] == "tensorboard:/logs")
        // Files that a run of MLflow's logged as artifacts.
        try make("project/mlruns/0/a/artifacts/events.out.tfevents.1.host", "")
        #expect(try choice(service: "../project")[0].hasPrefix("sqlite:"))
    }

    @Test func eachPlaceYieldsToTheOneBeforeIt() throws {
        #expect(try choice() == ["/home/.local/share/runwatch", "default"])
        #expect(try choice(in: "old") == ["file:///old/mlruns", "in this directory"])
        #expect(try choice(in: "served") == ["sqlite:////served/mlflow.db", "in this directory"])
        #expect(try choice(in: "project") == ["sqlite:////project/mlflow.db", "in this directory"])
        var environment = ["MLFLOW_TRACKING_URI": "http://tracking:5000"]
        #expect(try choice(in: "project", environment) == ["http://tracking:5000", "MLFLOW_TRACKING_URI"])
        environment["RUNWATCH_SERVICE"] = root + "/store"
        #expect(try choice(in: "project", environment) == ["/store", "RUNWATCH_SERVICE"])
        #expect(try choice(environment, service: "../old/mlruns") == ["file:///old/mlruns", "--service"])
        #expect(try choice(environment, store: "new") == ["/plain/new", "--store"])
    }

    @Test func aWorkspaceIsFoundWhereAzuresToolsFindIt() throws {
        let scope = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces"
        let config = #"{"subscription_id": "s", "resource_group": "g", "workspace_name": "w"}"#
        try make("azure/.azureml/config.json", config)
        try make("azure/deep/er/notes.txt")
        try make("azure/old/aml_config/config.json", #"{"Scope": "\#(scope)/v"}"#)
        try make("azure/mixed/mlflow.db", "SQLite format 3\0")
        let found = "azureml:/\(scope)/w"
        #expect(try choice(in: "azure") == [found, ".azureml/config.json"])
        #expect(try choice(in: "azure/deep/er") == [found, Shown.path(root + "/azure/.azureml/config.json")])
        #expect(try choice(in: "azure/old") == ["azureml:/\(scope)/v", "aml_config/config.json"])
        // MLflow's places come first, and what is named before all.
        #expect(try choice(in: "azure/mixed") == ["sqlite:////azure/mixed/mlflow.db", "in this directory"])
        #expect(try choice(service: "../azure/.azureml/config.json") == [found, "--service"])
        #expect(try choice(service: "../azure") == [found, "--service"])
        #expect(
            try choice(in: "azure", service: "azureml://subscriptions/s/resourceGroups/g/workspaces/x")[0]
                == "azureml:/\(scope)/x")
        #expect(try choice(["RUNWATCH_SERVICE": root + "/azure/.azureml/config.json"]) == [found, "RUNWATCH_SERVICE"])
        let host = "azureml://eastus.api.azureml.ms"
        #expect(
            try choice(in: "azure", ["MLFLOW_TRACKING_URI": "\(host)/mlflow/v1.0\(scope)/t"]) == [
                "\(host)\(scope)/t", "MLFLOW_TRACKING_URI",
            ])
        let run = [
            "AZUREML_ARM_SUBSCRIPTION": "s", "AZUREML_ARM_RESOURCEGROUP": "g", "AZUREML_ARM_WORKSPACE_NAME": "r",
            "AZUREML_ARM_PROJECT_NAME": "e", "AZUREML_RUN_ID": "i",
            "AZUREML_SERVICE_ENDPOINT": "https://eastus.api.azureml.ms",
        ]
        #expect(try choice(run) == ["\(host)\(scope)/r", "AZUREML_RUN_ID"])
        #expect(try choice(in: "azure", run)[1] == ".azureml/config.json")
        #expect(try locator(in: "azure").choose().name == "w")
        try make("broken/.azureml/config.json", "{}")
        #expect(refusal(nil, in: "broken")?.message.contains("names no workspace") == true)
        #expect(refusal("azureml://nowhere")?.message.hasPrefix("--service: This names no Azure ML workspace") == true)
    }

    @Test func anEmptyVariableIsUnset() throws {
        let environment = ["RUNWATCH_SERVICE": "", "MLFLOW_TRACKING_URI": ""]
        #expect(try choice(environment)[1] == "default")
    }

    @Test func theEmbeddedStoreGoesWhereXDGSays() throws {
        #expect(try choice(["XDG_DATA_HOME": root + "/data"])[0] == "/data/runwatch")
    }

    @Test(arguments: [
        ("http://host:5000", "http://host:5000"), ("HTTPS://host/prefix/", "HTTPS://host/prefix/"),
        ("databricks", "databricks"), ("databricks://profile", "databricks://profile"),
        ("sqlite:///mlflow.db", "sqlite:////plain/mlflow.db"),
        ("sqlite:////data/my%20runs.db?timeout=20", "sqlite:////data/my runs.db"),
        ("sqlite+pysqlite:////data/a.db", "sqlite:////data/a.db"), ("file:mlruns", "file:///plain/mlruns"),
        ("file:///data/mlruns", "file:///data/mlruns"), ("file:/data/my%20runs", "file:///data/my%20runs"),
        ("file://localhost/data", "file:///data"),
    ])
    func readsWhatMLflowReads(uri: String, place: String) throws {
        #expect(try choice(["MLFLOW_TRACKING_URI": uri]) == [place, "MLFLOW_TRACKING_URI"])
        #expect(try choice(["RUNWATCH_SERVICE": uri]) == [place, "RUNWATCH_SERVICE"])
        #expect(try choice(service: uri) == [place, "--service"])
        // What a command is given leads to the same place from elsewhere.
        let location = try locator(["MLFLOW_TRACKING_URI": uri]).choose()
        let nested = try locator(in: "old", ["RUNWATCH_SERVICE": location.environmentText]).choose()
        #expect(nested.place == location.place)
    }

    @Test(arguments: [
        ("../old", "file:///old/mlruns"), ("../old/mlruns", "file:///old/mlruns"),
        ("../project", "sqlite:////project/mlflow.db"),
        ("./../served/mlflow.db", "sqlite:////served/mlflow.db"), ("../store", "/store"),
        ("../store/runs.db", "/store"),
    ])
    func looksAtWhatAPathHolds(path: String, place: String) throws {
        #expect(try choice(service: path)[0] == place)
        #expect(try choice(["RUNWATCH_SERVICE": path])[0] == place)
    }

    @Test func aVariableMayNameAStoreThatIsNotThereYet() throws {
        #expect(try choice(["RUNWATCH_SERVICE": root + "/new"]) == ["/new", "RUNWATCH_SERVICE"])
        #expect(try choice(["RUNWATCH_SERVICE": "~/new"])[0] == "/home/new")
        #expect(try choice(["RUNWATCH_SERVICE": root + "/plain"])[0] == "/plain")
        #expect(refusal(nil, ["RUNWATCH_SERVICE": root + "/new.db"])?.code == .notFound)
        #expect(refusal(root + "/new")?.code == .notFound, "a path given by hand has typing errors")
    }

    @Test(arguments: [
        ("postgresql://ana:secret@host/db", "mlflow server --backend-store-uri"),
        ("mysql+pymysql://ana:secret@host/db", "mlflow server --backend-store-uri"),
        ("mssql://ana:secret@host/db", "mlflow server --backend-store-uri"),
        ("ftp://ana:secret@host/db", "no kind of run service"), ("s3://bucket/key", "no kind of run service"),
        ("http://", "no address of a server"), ("sqlite://", "names no file"), ("sqlite:///:memory:", "names no file"),
        ("file://host/data", "with a host"), ("file:", "names no directory"), ("localhost:5000", "begins with http://"),
        ("/no/such/place", "nothing at /no/such/place"), (".", "`--store` makes an embedded run store there"),
    ])
    func saysWhatIsWrong(text: String, sentence: String) throws {
        let refused = try #require(refusal(text))
        #expect(refused.message.contains(sentence))
        #expect(refused.message.hasPrefix("--service: "))
        #expect(!"\(refused)".contains("secret"))
        if text == "." { return }
        let set = try #require(refusal(nil, in: "project", ["MLFLOW_TRACKING_URI": text]))
        #expect(set.message.hasPrefix("MLFLOW_TRACKING_URI: "))
        #expect(!"\(set)".contains("secret"))
    }

    @Test(arguments: [
        "host:5000", "host:5000/path", "//host", "//host:5000/path", "localhost:5000", "127.0.0.1:5000", "[::1]:5000",
        "mlflow.example.org:443/a?b", "ana:secret@host:5000", "http:host:5000", "http:/host:5000", "https:host",
    ])
    func anAddressWithoutItsSchemeIsNoPath(text: String) throws {
        for refused in [refusal(text), refusal(nil, ["RUNWATCH_SERVICE": text])] {
            let message = try #require(refused).message
            #expect(message.contains("http:// is missing") || message.contains("write it like https://"), "\(message)")
            #expect(!message.contains("secret"))
        }
        #expect(refusal(nil, ["MLFLOW_TRACKING_URI": text])?.code == .invalid)
    }

    @Test func aPathMayLookLikeAnAddress() throws {
        try make("plain/host:5000/runs.db", "SQLite format 3\0")
        #expect(try choice(["RUNWATCH_SERVICE": "host:5000"])[0] == "/plain/host:5000")
        #expect(try choice(["RUNWATCH_SERVICE": "./other:5000"])[0] == "/plain/other:5000")
        #expect(try choice(["RUNWATCH_SERVICE": "/" + root + "/store"])[0] == "/store", "two slashes lead to the root")
        for name in ["runs:", "runs:5x", "a b:5", ":5000", "run:123456", "x/y:5"] {
            #expect(try choice(["RUNWATCH_SERVICE": name])[1] == "RUNWATCH_SERVICE", "\(name)")
        }
    }

    @Test func blanksAroundAnAddressAreBorne() throws {
        for text in [" http://host:5000", "http://host:5000\n", "\t http://host:5000 \r\n"] {
            #expect(try choice(["RUNWATCH_SERVICE": text])[0] == "http://host:5000")
            #expect(try choice(["MLFLOW_TRACKING_URI": text])[0] == "http://host:5000")
            #expect(try choice(service: text)[0] == "http://host:5000")
        }
        #expect(try choice(service: " ../store ")[0] == "/store")
        #expect(try choice(["RUNWATCH_SERVICE": "  ", "MLFLOW_TRACKING_URI": "\n"])[1] == "default")
        #expect(refusal(" ")?.code == .invalid)
        try make("plain/ odd /runs.db", "SQLite format 3\0")
        #expect(try choice(service: " odd ")[0] == "/plain/ odd ", "a path that exists is taken as it is")
    }

    @Test func aPasswordIsTakenFromTheEnvironmentOnly() throws {
        let address = "https://ana:secret@host"
        let refused = try #require(refusal(address))
        #expect(refused.message.contains("MLFLOW_TRACKING_PASSWORD"))
        #expect(!"\(refused)".contains("secret"))
        #expect(refusal("https://token@host") != nil)
        #expect(try choice(["RUNWATCH_SERVICE": address])[0] == address)
        #expect(try MLflowLocation(uri: address, relativeTo: "/")?.name == "https://host")
    }

    @Test(arguments: [
        "https://ana:secret@mlflow.example.org:8443/a/b/", "http://ana:secret@[::1]:65536/", "databricks://PROFILE",
        "sqlite:////tmp/a%2Fb.db?mode=ro", "file://localhost/tmp/mlruns", "HTTPS://ana:secret@é.example",
    ])
    func noPartOfAnAddressShowsItsPassword(_ address: String) {
        let bytes = Array(address.utf8)
        for count in 0...bytes.count {
            for odd in ["", "%", "/", ":", "@", "?", "\u{1b}", "99999999999999999999"] {
                let text =
                    String(decoding: bytes.prefix(count), as: UTF8.self) + odd
                    + String(decoding: bytes.dropFirst(count + 1), as: UTF8.self)
                guard let location = try? MLflowLocation(uri: text, relativeTo: "/tmp") else { continue }
                #expect(!location.name.contains("secret") || !text.contains("ana:secret@"), "\(text)")
            }
        }
    }
}
