import Foundation
import RunServices
import TestSupport
import Testing
import UserConfiguration

@testable import runwatch

/// Run services that the configuration names; nothing of this process or machine takes part.
@Suite struct ConfiguredServiceTests {
    let place: TemporaryDirectory
    var root: String { place.path }

    init() throws {
        place = try TemporaryDirectory()
        for path in ["project/mlflow.db", "store/runs.db", "config/near/runs.db", "plain/gpu"] { try make(path) }
    }

    private func make(_ path: String) throws {
        let url = URL(fileURLWithPath: root + "/" + path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("SQLite format 3\0".utf8).write(to: url)
    }

    private func locator(
        _ text: String, in directory: String = "plain", _ environment: [String: String] = [:]
    ) throws -> ServiceLocator {
        let path = root + "/config/config.yaml"
        let file = try ConfigurationFile(Array(text.utf8), path: path, name: path)
        return ServiceLocator(
            environment: ["HOME": root + "/home"].merging(environment) { $1 }, directory: root + "/" + directory,
            configuration: file)
    }

    private func choice(_ locator: ServiceLocator, service: String? = nil) throws -> [String] {
        let location = try locator.choose(service: service)
        return [location.environmentText.replacingOccurrences(of: root, with: ""), location.reason]
    }

    private static let services =
        "services:\n  gpu: http://gpu:5000\n  near: near\n  away: /nowhere\n  odd: 'ftp://x'\n"

    @Test func theDefaultComesAfterTheDirectoryAndBeforeTheEmbeddedStore() throws {
        let text = "service: gpu\n" + Self.services
        #expect(try choice(locator(text)) == ["http://gpu:5000", "gpu, config.yaml"])
        #expect(try choice(locator(text, in: "project"))[1] == "in this directory")
        #expect(try choice(locator(text, ["MLFLOW_TRACKING_URI": "http://a"]))[1] == "MLFLOW_TRACKING_URI")
        #expect(try choice(locator(Self.services))[1] == "default")
        #expect(try choice(locator("service: near\n")) == ["/config/near", "config.yaml"])
    }

    @Test func namesAreUnderstoodWhereverAServiceIsNamed() throws {
        let locator = try locator(Self.services, ["RUNWATCH_SERVICE": "near"])
        #expect(try choice(locator) == ["/config/near", "RUNWATCH_SERVICE near"])
        // A name goes before a file of that name, which ./ reaches.
        #expect(try choice(locator, service: "gpu") == ["http://gpu:5000", "--service gpu"])
        #expect(throws: RunServiceError.self) { try locator.choose(service: "./gpu/x") }
    }

    @Test func aWrongAddressIsNamedWithItsLine() throws {
        func refusal(_ service: String?, _ text: String) throws -> String {
            let error = try #require(throws: RunServiceError.self) { try locator(text).choose(service: service) }
            return error.message.replacingOccurrences(of: root, with: "")
        }
        #expect(
            try refusal("away", Self.services) == "/config/config.yaml:4: There is nothing at /nowhere; check the path."
        )
        #expect(try refusal("odd", Self.services).hasPrefix("/config/config.yaml:5: ftp: is no kind of run service"))
        #expect(try refusal("gpuu", Self.services).hasSuffix("check the path. Did you mean the service gpu?"))
        #expect(
            try refusal(nil, "service: gup\n" + Self.services)
                == "/config/config.yaml:1: There is nothing at /config/gup; check the path. Did you mean the service gpu?"
        )
    }

    @Test func readOnlyIsOfThePlaceWhoeverNamesIt() throws {
        let text = """
            services:
              gpu:
                address: http://gpu:5000/
                read-only: true
              store:
                address: \(root)/store
                read-only: true
              project:
                address: ../project
                read-only: true
            """
        let locator = try locator(text)
        for service in ["gpu", "http://gpu:5000", "store", root + "/store", root + "/store/runs.db", root + "/project"]
        {
            #expect(try locator.choose(service: service).readOnlySince != nil, "\(service)")
        }
        #expect(try locator.choose(store: root + "/store").readOnlySince?.hasSuffix("config.yaml:7") == true)
        #expect(try locator.choose(service: "http://gpu:5001").readOnlySince == nil)
        let near = try self.locator(text, in: "project")
        #expect(try near.choose().readOnlySince != nil && near.choose().configuredName == "project")
    }

    @Test func aMenuShowsAllWithoutAskingAnyDisk() throws {
        let text = Self.services + "  secret: https://a:b@host/x\n"
        let shown = try locator(text).configuredDescriptions
        #expect(shown.map(\.name) == ["gpu", "near", "away", "odd", "secret"])
        #expect(shown.map(\.kind) == ["mlflow", "local", "local", "?", "mlflow"])
        #expect(
            shown.map { $0.location.replacingOccurrences(of: root, with: "") }
                == ["http://gpu:5000", "/config/near", "/nowhere", "odd", "https://host/x"])
    }
}
