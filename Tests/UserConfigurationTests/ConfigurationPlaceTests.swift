import Foundation
import TestSupport
import Testing

@testable import UserConfiguration

/// Where the configuration is looked for, and what is no configuration.
@Suite struct ConfigurationPlaceTests {
    let directory: TemporaryDirectory
    var path: String { directory.path + "/config.yaml" }

    init() throws { directory = try TemporaryDirectory() }

    private func load() throws -> ConfigurationFile {
        try #require(ConfigurationPlace(environment: ["RUNWATCH_CONFIG": path])).load()
    }

    private func refusal() -> String {
        do {
            _ = try load()
            return ""
        } catch {
            return "\(error)".replacingOccurrences(of: path, with: "PATH")
        }
    }

    @Test func variablesSayWhere() {
        func path(_ environment: [String: String]) -> String? { ConfigurationPlace(environment: environment)?.path }
        let home = ["HOME": "/home/ana"]
        #expect(path(home) == "/home/ana/.config/runwatch/config.yaml")
        #expect(path(home.merging(["XDG_CONFIG_HOME": "/etc/x/"]) { $1 }) == "/etc/x/runwatch/config.yaml")
        #expect(path(home.merging(["XDG_CONFIG_HOME": "relative"]) { $1 }) == "/home/ana/.config/runwatch/config.yaml")
        #expect(path(["RUNWATCH_CONFIG": "/a/b.yaml", "HOME": "/home/ana"]) == "/a/b.yaml")
        #expect(path(["RUNWATCH_CONFIG": "", "HOME": ""]) == nil)
    }

    @Test func noFileSaysNothing() throws {
        let place = try #require(ConfigurationPlace(environment: ["XDG_CONFIG_HOME": directory.path]))
        #expect(try place.load() == ConfigurationFile(path: directory.path + "/runwatch/config.yaml"))
        let empty = try #require(ConfigurationPlace(environment: ["RUNWATCH_CONFIG": "/dev/null"]))
        #expect(try empty.load() == ConfigurationFile(path: "/dev/null"))
    }

    @Test func aNamedFileMustBeThere() {
        #expect(refusal() == "PATH: this file cannot be read (No such file or directory).")
    }

    @Test func aLinkIsFollowed() throws {
        try Data("interval: 7".utf8).write(to: URL(fileURLWithPath: directory.path + "/kept.yaml"))
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "kept.yaml")
        let file = try load()
        #expect(file.interval == Placed(7, line: 1) && file.isThere)
    }

    @Test func whatIsNoConfigurationIsNotRead() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(refusal() == "PATH: this is no file; write the configuration there, or remove it.")
        try FileManager.default.removeItem(atPath: path)
        try Data(repeating: 0x23, count: 65_537).write(to: URL(fileURLWithPath: path))
        #expect(refusal() == "PATH: this file is longer than 64 KiB, so it is no configuration.")
        try FileManager.default.removeItem(atPath: path)
        #expect(mkfifo(path, 0o600) == 0)
        #expect(refusal() == "PATH: this is no file; write the configuration there, or remove it.")
    }
}
