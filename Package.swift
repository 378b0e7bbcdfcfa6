// swift-tools-version: 6.2
import PackageDescription

// Not a command-line flag, which would judge the dependencies too.
let strictness: [SwiftSetting] = Context.environment["RUNWATCH_STRICT"] == "1" ? [.treatAllWarnings(as: .error)] : []
let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + strictness

let algorithms = Target.Dependency.product(name: "Algorithms", package: "swift-algorithms")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto: [Target.Dependency] = ["Crypto", "CryptoExtras"].map { .product(name: $0, package: "swift-crypto") }
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird: [Target.Dependency] =
    ["Hummingbird", "HummingbirdCore", "HummingbirdTLS"].map { .product(name: $0, package: "hummingbird") } + [
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
    ]
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nio: [Target.Dependency] = ["NIOCore", "NIOPosix", "NIOHTTP1"].map { .product(name: $0, package: "swift-nio") }
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// What MLflow's tests see of it.
let mlflow: [Target.Dependency] = ["MLflowArtifacts", "MLflowMeaning", "MLflowService", "MLflowStores"]

/// A Swift target of ours: same settings everywhere, so that no wall is softer than another.
func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
}

let package = Package(
    name: "runwatch",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "runwatch", targets: ["runwatch"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-algorithms", exact: "1.2.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        // Without its traits, which would bring a configuration library and more of Foundation.
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        target("RunModel", [algorithms]),
        target("RunServices", ["RunModel", algorithms]),
        target("RunAttention", ["JMESPath", "RunModel", "RunServices"]),
        target("FileAccess"),
        target("BoundedYAML", [yams]),
        target("ProcessTable", ["FileAccess", "RunServices"]),
        target("SQLiteStatements", [grdb, sqlite]),
        target(
            "LocalStore",
            ["FileAccess", "RunModel", "RunServices", "ProcessTable", "SQLiteStatements", algorithms, grdb, sqlite]),
        .target(name: "CProcess"),
        target("RunExecution", ["CProcess", "FileAccess", "RunModel", "RunServices", "ProcessTable", logging]),
        target("HTTPTransport", ["FileAccess", "RunServices", httpClient, logging, nioSSL] + nio),
        target("RemotePolling", ["RunModel", "RunServices", algorithms]),
        target("QuietPrograms", ["FileAccess", "RunServices", subprocess, system]),
        target("SlurmCommands", ["FileAccess", "QuietPrograms", "RunModel", "RunServices"]),
        target("SlurmService", ["FileAccess", "RunModel", "RunServices", "SlurmCommands"]),
        target(
            "SlurmExecution",
            ["FileAccess", "QuietPrograms", "RunExecution", "RunModel", "RunServices", "SlurmCommands", logging]),
        target("AzureMLWire"),
        target("AzureMLMeaning", ["AzureMLWire", "RunModel", "RunServices"]),
        target(
            "AzureMLService",
            [
                "AzureMLMeaning", "AzureMLWire", "FileAccess", "HTTPTransport", "MLflowMeaning", "QuietPrograms",
                "RemotePolling", "RunModel", "RunServices", algorithms,
            ] + crypto),
        target("AzureMLFolder", ["BoundedYAML", "FileAccess", "JMESPath", "RunServices", yams]),
        target("MLflowWire"),
        target("MLflowMeaning", ["RunModel", "RunServices"]),
        target("MLflowArtifacts", ["FileAccess", "MLflowMeaning", "RunModel", "RunServices"]),
        target(
            "MLflowStores",
            [
                "BoundedYAML", "FileAccess", "MLflowArtifacts", "MLflowMeaning", "RunModel", "RunServices",
                "SQLiteStatements", algorithms, grdb, sqlite, yams,
            ]),
        target(
            "MLflowService",
            [
                "FileAccess", "HTTPTransport", "MLflowArtifacts", "MLflowMeaning", "MLflowWire", "RemotePolling",
                "RunModel", "RunServices", algorithms,
            ]),
        target(
            "RunServer",
            [
                "AzureMLMeaning", "AzureMLWire", "FileAccess", "MLflowMeaning", "MLflowWire", "RunModel",
                "RunServices", logging, nioSSL,
            ] + hummingbird + nio),
        target("TensorBoardFiles"),
        target("TensorBoardService", ["FileAccess", "RunModel", "RunServices", "TensorBoardFiles"]),
        target("DemoTraining", [algorithms]),
        target("JMESPath"),
        target("UserConfiguration", ["BoundedYAML", "FileAccess", "RunAttention", "RunModel", "RunServices", yams]),
        target("TerminalUI", [algorithms]),
        target("RunReports", ["JMESPath", "RunModel", "RunServices", "TerminalUI", algorithms, yams]),
        .target(
            name: "CNcurses",
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        target("NcursesBackend", ["TerminalUI", "CNcurses"]),
        target("DashboardCore", ["RunAttention", "RunModel", "RunServices", "TerminalUI", algorithms]),
        target(
            "DashboardRuntime",
            ["FileAccess", "RunAttention", "RunModel", "RunReports", "RunServices", "TerminalUI", "DashboardCore"]),
        .executableTarget(
            name: "runwatch",
            dependencies: [
                "AzureMLFolder", "CProcess", "RunAttention",
                "RunModel", "RunServices", "ProcessTable", "LocalStore", "RunExecution", "DemoTraining", "TerminalUI",
                "AzureMLService", "MLflowService", "MLflowStores", "FileAccess", "HTTPTransport", "JMESPath",
                "NcursesBackend", "SlurmCommands", "SlurmExecution", "SlurmService",
                "DashboardCore", "DashboardRuntime", "RunReports", "RunServer", "SQLiteStatements",
                "TensorBoardService", "UserConfiguration",
                logging, argumentParser,
            ],
            swiftSettings: settings),

        .target(
            name: "TestSupport",
            dependencies: [
                "AzureMLService", "RunModel", "RunServices", "ProcessTable", "LocalStore", "HTTPTransport", "RunServer",
                grdb, nioSSL,
            ] + mlflow + nio,
            path: "Tests/TestSupport", swiftSettings: settings),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "RemotePolling", "RunModel", "RunServices", "LocalStore", "MLflowMeaning", "MLflowService",
                "MLflowStores", "TerminalUI",
                "DashboardCore", "DashboardRuntime", "TestSupport", argumentParser, grdb, logging,
            ],
            path: "Tests/Benchmarks", swiftSettings: settings),
        // Release builds know no @testable, so this sees what other targets do.
        .target(
            name: "Fuzzing",
            dependencies: [
                "AzureMLFolder", "AzureMLService", "FileAccess", "RunModel", "RunServices", "LocalStore",
                "HTTPTransport",
                "JMESPath", "MLflowWire",
                "RunServer", "SlurmCommands", "SlurmService",
                "TensorBoardFiles", "TerminalUI",
                "DashboardCore", "UserConfiguration", grdb,
            ] + mlflow,
            path: "Tests/Fuzzing", swiftSettings: settings),
        .executableTarget(name: "fuzz", dependencies: ["Fuzzing"], path: "Tests/FuzzDriver", swiftSettings: settings),
        tests("FuzzTests", ["Fuzzing", "RunServices", "TerminalUI", "TestSupport"]),
        tests("RunServiceContractTests", ["RunModel", "RunServices", "TestSupport"]),
        tests(
            "LocalStoreTests",
            ["RunModel", "RunServices", "LocalStore", "ProcessTable", "RunExecution", "TestSupport", grdb]),
        tests(
            "MLflowServiceTests",
            ["FileAccess", "HTTPTransport", "RemotePolling", "RunModel", "RunServices", "MLflowWire", "TestSupport"]
                + mlflow),
        tests(
            "TensorBoardServiceTests",
            ["FileAccess", "RunModel", "RunServices", "TensorBoardFiles", "TensorBoardService", "TestSupport"]),
        tests("FileAccessTests", ["FileAccess", "TestSupport"]),
        tests("MLflowDatabaseTests", ["FileAccess", "RunModel", "RunServices", "TestSupport", grdb] + mlflow),
        tests("HTTPTransportTests", ["HTTPTransport", "RunServices", "TestSupport", nioSSL]),
        tests(
            "MLflowConnectionTests",
            ["HTTPTransport", "MLflowService", "RemotePolling", "RunModel", "RunServices", "TestSupport"]),
        tests(
            "RunServerTests",
            [
                "AzureMLWire", "FileAccess", "HTTPTransport", "LocalStore", "MLflowMeaning", "MLflowService",
                "RunModel", "RunServer", "RunServices", "TestSupport",
            ]),
        tests(
            "AzureMLServiceTests",
            [
                "AzureMLService", "AzureMLWire", "HTTPTransport", "LocalStore", "RunExecution", "RemotePolling",
                "RunModel",
                "RunServices", "TestSupport",
            ]),
        tests(
            "AzureMLConnectionTests",
            ["AzureMLService", "AzureMLWire", "HTTPTransport", "RunModel", "RunServices", "TestSupport"] + crypto),
        tests(
            "AzureMLSDKTests",
            ["AzureMLService", "LocalStore", "RunExecution", "RunModel", "RunServer", "RunServices", "TestSupport"]),
        tests("DemoTrainingTests", ["DemoTraining"]),
        tests("JMESPathTests", ["JMESPath"]),
        tests("AzureMLFolderTests", ["AzureMLFolder", "BoundedYAML", "FileAccess", "RunServices", "TestSupport"]),
        tests("RunReportsTests", ["JMESPath", "RunModel", "RunReports", "RunServices", yams]),
        tests("UserConfigurationTests", ["RunModel", "UserConfiguration", "TestSupport"]),
        tests(
            "RunExecutionTests",
            ["RunExecution", "RunModel", "RunServices", "LocalStore", "ProcessTable", "TestSupport"]),
        tests(
            "CommandLineTests",
            [
                "runwatch", "RunModel", "RunServices", "LocalStore", "MLflowService", "MLflowStores", "RunExecution",
                "TestSupport", "UserConfiguration", argumentParser, grdb, subprocess, system,
            ]),
        tests("TerminalUITests", ["TerminalUI"]),
        tests("NcursesBackendTests", ["TerminalUI", "TerminalProbe"]),
        .executableTarget(
            name: "TerminalProbe", dependencies: ["TerminalUI", "NcursesBackend"], path: "Tests/TerminalProbe",
            swiftSettings: settings),
        tests("RunModelTests", ["RunModel"]),
        tests("RunAttentionTests", ["JMESPath", "RunAttention", "RunModel", "RunServices"]),
        tests(
            "SlurmServiceTests",
            ["FileAccess", "RunModel", "RunServices", "SlurmCommands", "SlurmService", "TestSupport"]),
        tests(
            "SlurmExecutionTests",
            [
                "LocalStore", "MLflowService", "RunExecution", "RunModel", "RunServer", "RunServices", "SlurmCommands",
                "SlurmExecution", "TestSupport", "runwatch",
            ]),
        tests("SlurmCommandsTests", ["FileAccess", "RunModel", "RunServices", "SlurmCommands", "TestSupport"]),
        tests("ProcessTableTests", ["RunServices", "ProcessTable", "TestSupport"]),
        tests(
            "EndToEndTests",
            ["runwatch", "RunModel", "RunServices", "LocalStore", "TestSupport", grdb, subprocess, system]),
        tests(
            "DashboardCoreTests", ["RunAttention", "RunModel", "RunServices", "TerminalUI", "DashboardCore"],
            exclude: ["Snapshots"]),
        tests(
            "DashboardRuntimeTests",
            [
                "RunAttention", "RunModel", "RunServices", "TerminalUI", "DashboardCore", "DashboardRuntime",
                "TestSupport",
            ]),
    ]
)

// `RUNWATCH_TESTS=RunModelTests,JMESPathTests swift build --build-tests` builds these alone: all take minutes to link.
if let wanted = Context.environment["RUNWATCH_TESTS"]?.split(separator: ",").map(String.init) {
    let others = ["benchmarks", "fuzz"] + (wanted.contains("FuzzTests") ? [] : ["Fuzzing"])
    package.targets.removeAll { $0.isTest && !wanted.contains($0.name) || others.contains($0.name) }
}
