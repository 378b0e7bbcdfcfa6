import RunServices
import TestSupport
import Testing

/// Whatever address and environment say, the same reaches the server as from MLflow's own client.
struct ClientComparisonTests {
    private struct Scene {
        var name: String
        var uri: String
        var environment: [String: String] = [:]
        /// By name below the home directory; each scene has a home of its own.
        var files: [String: String] = [:]
    }

    @Test func `MLflow's own client sends the same`() async throws {
        let bench = try ConnectionBench()
        let scenes = Self.logins(bench) + Self.certificates(bench) + Self.proxies(bench) + Self.databricks(bench)
        var cases: [MLflowRequests.Case] = []
        var errors: [String: String] = [:]
        for (number, scene) in scenes.enumerated() {
            for (name, text) in scene.files { try bench.write(text, to: "\(number)/\(name)") }
            let home = "\(bench.home.path)/\(number)"
            let environment = scene.environment.mapValues { $0.replacing("HOME", with: home) }
                .merging(["HOME": home]) { $1 }
            errors[scene.name] = await bench.ask(scene.uri, environment, case: "ours-\(number)")?.description
            cases.append(
                MLflowRequests.Case(
                    uri: scene.uri, environment: environment,
                    path: "/api/2.0/mlflow/experiments/search?case=theirs-\(number)"))
        }
        let ourTunnels = bench.tunnels
        try await MLflowRequests.send(cases)
        for (number, scene) in scenes.enumerated() {
            let ours = bench.sightings(of: "?case=ours-\(number)")
            let theirs = bench.sightings(of: "?case=theirs-\(number)")
            #expect(ours == theirs, "\(scene.name): \(errors[scene.name] ?? "")")
        }
        #expect(!ourTunnels.isEmpty)
        #expect(Array(bench.tunnels.dropFirst(ourTunnels.count)) == ourTunnels)
        // The comparison compares something.
        #expect(scenes.indices.count { !bench.sightings(of: "?case=ours-\($0)").isEmpty } > scenes.count / 2)
    }

    private static func logins(_ bench: ConnectionBench) -> [Scene] {
        let uri = bench.plain.uri
        let basic = ["MLFLOW_TRACKING_USERNAME": "ana", "MLFLOW_TRACKING_PASSWORD": "pass wörd"]
        let token = ["MLFLOW_TRACKING_TOKEN": "token-1"]
        let file = [
            ".mlflow/credentials":
                "[mlflow]\nmlflow_tracking_username = file-ana\nmlflow_tracking_password: 100%%=:#;\n"
        ]
        let netrc = [".netrc": "machine 127.0.0.1\n\tlogin net-ana\n\tpassword \"net pass\"\n"]
        return [
            Scene(name: "none", uri: uri),
            Scene(name: "below a path", uri: uri + "/base/path/"),
            Scene(name: "user and password", uri: uri, environment: basic),
            Scene(name: "token", uri: uri, environment: token),
            Scene(name: "both", uri: uri, environment: basic.merging(token) { $1 }),
            Scene(
                name: "user alone, and a token", uri: uri,
                environment: ["MLFLOW_TRACKING_USERNAME": "ana"].merging(token) { $1 }),
            Scene(
                name: "empty ones", uri: uri,
                environment: [
                    "MLFLOW_TRACKING_USERNAME": "", "MLFLOW_TRACKING_PASSWORD": "", "MLFLOW_TRACKING_TOKEN": "",
                ]),
            Scene(name: "credentials file", uri: uri, files: file),
            Scene(
                name: "password beside the credentials file", uri: uri,
                environment: ["MLFLOW_TRACKING_PASSWORD": "own"], files: file),
            Scene(
                name: "credentials file with a default section", uri: uri,
                files: [
                    ".mlflow/credentials":
                        "[DEFAULT]\nmlflow_tracking_username = ana\n# no\n[mlflow]\n  mlflow_tracking_password = a\n"
                ]),
            Scene(
                name: "credentials file without the section", uri: uri,
                files: [".mlflow/credentials": "[other]\nmlflow_tracking_username=a\nmlflow_tracking_password=b\n"]),
            Scene(name: "in the address", uri: bench.plain.uri("url-ana:p%40ss@"), environment: basic),
            Scene(name: "user alone in the address", uri: bench.plain.uri("url-ana@"), environment: token),
            Scene(name: "empty password in the address", uri: bench.plain.uri("url-ana:@"), environment: token),
            Scene(name: "netrc", uri: uri, environment: token, files: netrc),
            Scene(name: "netrc and address", uri: bench.plain.uri("url-ana:pass@"), files: netrc),
            Scene(
                name: "netrc elsewhere, for all hosts", uri: uri, environment: ["NETRC": "HOME/my netrc"],
                files: ["my netrc": "# mine\nmachine a login b password c default user d password e\\ f"]),
            Scene(
                name: "netrc for another host", uri: uri, environment: token,
                files: [".netrc": "machine a.example login a password b"]),
            Scene(
                name: "netrc with a mistake", uri: uri, environment: token,
                files: [".netrc": "machine 127.0.0.1 login a secret b"]),
            Scene(
                name: "netrc of an old kind", uri: uri,
                files: ["_netrc": "macdef init\ncd /\n\nmachine 127.0.0.1 account acc password b"]),
            Scene(name: "a truth value that is none", uri: uri, environment: ["MLFLOW_TRACKING_INSECURE_TLS": "yes"]),
        ]
    }

    private static func certificates(_ bench: ConnectionBench) -> [Scene] {
        let uri = bench.secure.secureURI
        let trusted = ["MLFLOW_TRACKING_SERVER_CERT_PATH": bench.certificates.authority]
        let client = ["MLFLOW_TRACKING_CLIENT_CERT_PATH": bench.certificates.client]
        return [
            Scene(name: "an unknown authority", uri: uri),
            Scene(name: "CA bundle", uri: uri, environment: trusted),
            Scene(
                name: "CA bundle and IP address", uri: "https://127.0.0.1:\(bench.secure.port)", environment: trusted),
            Scene(
                name: "CA directory", uri: uri,
                environment: ["MLFLOW_TRACKING_SERVER_CERT_PATH": bench.certificates.authorities]),
            Scene(
                name: "another CA", uri: uri,
                environment: ["MLFLOW_TRACKING_SERVER_CERT_PATH": bench.certificates.otherAuthority]),
            Scene(
                name: "CA bundle of requests", uri: uri,
                environment: ["REQUESTS_CA_BUNDLE": bench.certificates.authority, "CURL_CA_BUNDLE": "/nowhere"]),
            Scene(
                name: "CA bundle of curl", uri: uri,
                environment: ["REQUESTS_CA_BUNDLE": "", "CURL_CA_BUNDLE": bench.certificates.authority]),
            Scene(
                name: "CA bundle of MLflow before that of requests", uri: uri,
                environment: trusted.merging(["REQUESTS_CA_BUNDLE": bench.certificates.otherAuthority]) { $1 }),
            Scene(name: "insecure", uri: uri, environment: ["MLFLOW_TRACKING_INSECURE_TLS": "true"]),
            Scene(
                name: "insecure with a CA bundle of requests", uri: uri,
                environment: ["MLFLOW_TRACKING_INSECURE_TLS": "1", "REQUESTS_CA_BUNDLE": "/nowhere"]),
            Scene(name: "not insecure", uri: uri, environment: ["MLFLOW_TRACKING_INSECURE_TLS": "False"]),
            Scene(
                name: "insecure and CA bundle", uri: uri,
                environment: trusted.merging(["MLFLOW_TRACKING_INSECURE_TLS": "TRUE"]) { $1 }),
            Scene(name: "another host", uri: bench.other.secureURI, environment: trusted),
            Scene(
                name: "another host, insecure", uri: bench.other.secureURI,
                environment: ["MLFLOW_TRACKING_INSECURE_TLS": "true"]),
            Scene(name: "no client certificate", uri: bench.strict.secureURI, environment: trusted),
            Scene(
                name: "client certificate", uri: bench.strict.secureURI, environment: trusted.merging(client) { $1 }),
            Scene(
                name: "no such file", uri: uri, environment: ["MLFLOW_TRACKING_SERVER_CERT_PATH": "/nowhere.pem"]),
        ]
    }

    private static func proxies(_ bench: ConnectionBench) -> [Scene] {
        let proxy = "http://127.0.0.1:\(bench.proxy.port)"
        let login = "http://pro%20xy:p%40ss@127.0.0.1:\(bench.proxy.port)"
        let uri = bench.plain.uri
        let secure = bench.secure.secureURI
        let trusted = ["MLFLOW_TRACKING_SERVER_CERT_PATH": bench.certificates.authority]
        return [
            Scene(name: "http_proxy", uri: uri + "/a", environment: ["http_proxy": proxy]),
            Scene(
                name: "HTTP_PROXY without a scheme", uri: uri, environment: ["HTTP_PROXY": String(proxy.dropFirst(7))]),
            Scene(
                name: "HTTP_PROXY with credentials", uri: uri,
                environment: ["HTTP_PROXY": login, "MLFLOW_TRACKING_TOKEN": "token-2"]),
            Scene(name: "HTTPS_PROXY for http", uri: uri, environment: ["HTTPS_PROXY": proxy]),
            Scene(name: "ALL_PROXY", uri: uri, environment: ["ALL_PROXY": proxy]),
            Scene(name: "an empty http_proxy", uri: uri, environment: ["http_proxy": "", "HTTP_PROXY": proxy]),
            Scene(name: "NO_PROXY", uri: uri, environment: ["http_proxy": proxy, "NO_PROXY": "localhost,127.0.0.1"]),
            Scene(
                name: "NO_PROXY of a network", uri: uri, environment: ["http_proxy": proxy, "no_proxy": "127.0.0.0/8"]),
            Scene(name: "NO_PROXY for all", uri: uri, environment: ["http_proxy": proxy, "NO_PROXY": "*"]),
            Scene(
                name: "NO_PROXY for others", uri: uri, environment: ["http_proxy": proxy, "NO_PROXY": "example.org"]),
            Scene(name: "tunnel", uri: secure, environment: trusted.merging(["https_proxy": proxy]) { $1 }),
            Scene(
                name: "tunnel with credentials", uri: secure,
                environment: trusted.merging(["HTTPS_PROXY": login, "MLFLOW_TRACKING_TOKEN": "token-3"]) { $1 }),
        ]
    }

    private static func databricks(_ bench: ConnectionBench) -> [Scene] {
        let host = bench.plain.uri
        let file = [
            ".databrickscfg": """
            [DEFAULT]
            host = \(host)
            token = default-token
            [named]
            host: \(host)/
            token: named-token
            [both]
            host = \(host)
            username = ana
            password = pwd
            [empty]
            """
        ]
        return [
            Scene(name: "databricks", uri: "databricks", files: file),
            Scene(name: "databricks profile", uri: "databricks://named", files: file),
            Scene(name: "databricks user and password", uri: "databricks://both", files: file),
            Scene(name: "databricks profile without a host", uri: "databricks://empty", files: file),
            Scene(name: "databricks without that profile", uri: "databricks://nobody", files: file),
            Scene(name: "databricks without a file", uri: "databricks"),
            Scene(
                name: "databricks variables", uri: "databricks",
                environment: ["DATABRICKS_HOST": host, "DATABRICKS_TOKEN": "variable-token"], files: file),
            Scene(
                name: "databricks variables, user and password", uri: "databricks",
                environment: ["DATABRICKS_HOST": host, "DATABRICKS_USERNAME": "a", "DATABRICKS_PASSWORD": "b"]),
            Scene(
                name: "databricks token beside a profile", uri: "databricks://named",
                environment: ["DATABRICKS_TOKEN": "variable-token"], files: file),
            Scene(
                name: "databricks token alone", uri: "databricks",
                environment: ["DATABRICKS_TOKEN": "variable-token"], files: file),
            Scene(
                name: "databricks profile by variable", uri: "databricks",
                environment: ["DATABRICKS_CONFIG_PROFILE": "named"], files: file),
            Scene(
                name: "databricks file by variable", uri: "databricks",
                environment: ["DATABRICKS_CONFIG_FILE": "HOME/elsewhere"],
                files: ["elsewhere": "[DEFAULT]\nhost = \(host)\ntoken = other-token\n"]),
            Scene(
                name: "databricks with a default profile", uri: "databricks",
                files: [
                    ".databrickscfg":
                        "[__settings__]\ndefault_profile = x\n[x]\nhost = \(host)\ntoken = settings-token\n"
                ]),
        ]
    }
}

extension FaultServer {
    fileprivate var uri: String { uri("") }
    fileprivate var secureURI: String { "https://localhost:\(port)" }

    /// With `user:password@` or the like.
    fileprivate func uri(_ userInfo: String) -> String { "http://\(userInfo)127.0.0.1:\(port)" }
}
