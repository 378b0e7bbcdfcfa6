// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

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
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        target("RunModel"),
        target("RunServices", ["RunModel"]),
        target("ProcessTable"),
        target("LocalStore", ["RunModel", "RunServices", "ProcessTable", grdb, sqlite]),
        target("RunExecution", ["RunModel", "RunServices", "ProcessTable", subprocess]),
        target("TerminalUI"),
        .target(
            name: "CNcurses",
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        target("NcursesBackend", ["TerminalUI", "CNcurses"]),
        target("DashboardCore", ["RunModel", "RunServices", "TerminalUI"]),
        target("DashboardRuntime", ["RunModel", "RunServices", "TerminalUI", "DashboardCore"]),
        .executableTarget(
            name: "runwatch",
            dependencies: [
                "RunModel", "RunServices", "ProcessTable", "LocalStore", "RunExecution", "TerminalUI",
                "NcursesBackend", "DashboardCore", "DashboardRuntime", argumentParser,
            ],
            swiftSettings: settings),

        .target(
            name: "TestSupport", dependencies: ["RunModel", "RunServices", "LocalStore", grdb],
            path: "Tests/TestSupport", swiftSettings: settings),
        tests("RunServiceContractTests", ["RunModel", "RunServices", "TestSupport"]),
        tests("LocalStoreTests", ["RunModel", "RunServices", "LocalStore", "ProcessTable", "TestSupport", grdb]),
        tests(
            "DashboardCoreTests", ["RunModel", "RunServices", "TerminalUI", "DashboardCore"], exclude: ["Snapshots"]),
        tests("DashboardRuntimeTests", ["RunModel", "RunServices", "TerminalUI", "DashboardCore", "DashboardRuntime"]),
        tests("ProcessTableTests", ["ProcessTable", "TestSupport"]),
    ]
)
