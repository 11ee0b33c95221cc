// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target of ours is built with the same strict settings, so a warning in one is an error in all.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A C target's system headers stay in its `.c` files: its own header speaks plain C types only.
let gnu: [CSetting] = [.define("_GNU_SOURCE"), .unsafeFlags(["-Wall", "-Wextra", "-Werror"])]

func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "patrol",
    products: [
        .executable(name: "patrol", targets: ["patrol"]),
        .executable(name: "patrol-gateway", targets: ["patrol-gateway"]),
        .executable(name: "patrol-benchmarks", targets: ["patrol-benchmarks"]),
        // For tests only: put before the program, it makes the time of day stand still.
        .library(name: "CFixedClock", type: .dynamic, targets: ["CFixedClock"]),
    ],
    targets: [
        // C libraries, each behind a header of plain types.
        .target(name: "CSQLite", cSettings: gnu, linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(name: "CCrypto", cSettings: gnu, linkerSettings: [.linkedLibrary("crypto")]),
        .target(name: "CJansson", cSettings: gnu, linkerSettings: [.linkedLibrary("jansson")]),
        .target(
            name: "CNcurses", cSettings: gnu,
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(name: "CSystem", cSettings: gnu),
        .target(name: "CHTTP", cSettings: gnu, linkerSettings: [.linkedLibrary("microhttpd")]),

        // The house: each line names every module of ours that the target may import.
        module("PatrolDomain", []),
        module("PatrolRoutes", ["PatrolDomain"]),
        module("PatrolCrypto", ["CCrypto"]),
        module("PatrolJSON", ["PatrolDomain", "CJansson"]),
        module(
            "PatrolStorage",
            ["PatrolDomain", "PatrolCrypto", "PatrolJSON", "CSQLite", "CSystem"]),
        module("PatrolOperations", ["PatrolDomain", "PatrolCrypto", "PatrolStorage", "CSystem"]),
        module("PatrolConfiguration", ["PatrolDomain", "PatrolJSON", "CSystem"]),
        module("PatrolPresentation", ["PatrolDomain", "PatrolRoutes"]),
        module("PatrolLaunchDarkly", ["PatrolDomain", "PatrolJSON"]),
        module(
            "PatrolREST",
            ["PatrolDomain", "PatrolJSON", "PatrolPresentation", "PatrolLaunchDarkly", "PatrolOperations"]),
        module("PatrolScreen", ["PatrolDomain", "PatrolPresentation", "PatrolJSON"]),
        module(
            "PatrolTerminal",
            [
                "PatrolDomain", "PatrolJSON", "PatrolConfiguration", "PatrolPresentation", "PatrolScreen",
                "PatrolOperations", "CNcurses", "CSystem",
            ]),
        module(
            "PatrolCommandLine",
            [
                "PatrolDomain", "PatrolRoutes", "PatrolJSON", "PatrolConfiguration", "PatrolPresentation",
                "PatrolOperations", "PatrolLaunchDarkly", "CSystem",
            ]),
        module("PatrolHTTP", ["PatrolDomain", "CHTTP"]),
        module(
            "PatrolGateway",
            [
                "PatrolDomain", "PatrolJSON", "PatrolPresentation", "PatrolRoutes", "PatrolREST", "PatrolOperations",
                "PatrolHTTP", "CSystem",
            ]),
        .executableTarget(
            name: "patrol",
            dependencies: ["PatrolOperations", "PatrolCommandLine", "PatrolTerminal", "CSystem"],
            swiftSettings: strict,
            // The released program carries Swift's runtime in itself: it starts faster and needs no toolchain. The C
            // libraries stay the system's, for their security updates.
            linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))]),

        // Its own program: the HTTP library brings others along, which would make each start of `patrol` slower.
        .executableTarget(
            name: "patrol-gateway",
            dependencies: ["PatrolOperations", "PatrolGateway", "CSystem"], path: "Sources/patrol-gateway",
            swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))]),

        // The benchmark and its yardstick, the smallest ncurses list in C.
        .executableTarget(
            name: "patrol-floor", path: "Sources/PatrolFloor", cSettings: gnu,
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .executableTarget(
            name: "patrol-benchmarks",
            dependencies: [
                "CPseudoTerminal", "CRawClient", "CTerminalEmulator", "PatrolDomain", "PatrolRoutes", "PatrolJSON",
                "PatrolOperations",
            ],
            path: "Sources/PatrolBenchmarks", exclude: ["Peers"], swiftSettings: strict),

        // Tests. `CTerminalEmulator` puts libvterm behind a plain header; `CPseudoTerminal` starts programs.
        .target(name: "CFixedClock", path: "Tests/CFixedClock", cSettings: gnu),
        .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal", cSettings: gnu),
        .target(
            name: "CTerminalEmulator", path: "Tests/CTerminalEmulator", cSettings: gnu,
            linkerSettings: [.linkedLibrary("vterm")]),
        .target(
            name: "PatrolTestSupport",
            dependencies: ["CTerminalEmulator", "CPseudoTerminal"],
            path: "Tests/PatrolTestSupport", swiftSettings: strict),
        .target(name: "CRawClient", path: "Tests/CRawClient", cSettings: gnu),
        .target(name: "CAllocationCount", path: "Tests/CAllocationCount", cSettings: gnu),
        tests("PatrolDomainTests", ["PatrolDomain", "CAllocationCount"]),
        tests(
            "PatrolRoutesTests",
            ["PatrolDomain", "PatrolRoutes", "PatrolPresentation", "PatrolTestSupport", "CAllocationCount"]),
        tests("PatrolCryptoTests", ["PatrolCrypto"]),
        tests("PatrolJSONTests", ["PatrolDomain", "PatrolJSON"]),
        tests(
            "PatrolStorageTests",
            ["PatrolDomain", "PatrolCrypto", "PatrolStorage", "CSystem", "PatrolTestSupport"],
            exclude: ["Fixtures"]),
        tests(
            "PatrolOperationsTests",
            ["PatrolDomain", "PatrolStorage", "PatrolOperations", "PatrolTestSupport"]),
        tests("PatrolPresentationTests", ["PatrolDomain", "PatrolPresentation"]),
        tests(
            "PatrolLaunchDarklyTests", ["PatrolDomain", "PatrolJSON", "PatrolLaunchDarkly"],
            exclude: ["Sample"]),
        tests(
            "PatrolTerminalTests",
            [
                "PatrolDomain", "PatrolJSON", "PatrolConfiguration", "PatrolOperations", "PatrolPresentation", "PatrolScreen",
                "PatrolTerminal", "PatrolTestSupport", "CNcurses",
            ]),
        tests(
            "PatrolScreenTests", ["PatrolDomain", "PatrolPresentation", "PatrolScreen"],
            exclude: ["Goldens"]),
        tests(
            "PatrolCommandLineTests",
            [
                "PatrolDomain", "PatrolJSON", "PatrolConfiguration", "PatrolOperations", "PatrolCommandLine",
                "PatrolTestSupport",
            ]),
        tests(
            "PatrolGatewayTests",
            [
                "PatrolDomain", "PatrolOperations", "PatrolHTTP", "PatrolGateway", "PatrolTestSupport", "CRawClient", "patrol",
                "patrol-gateway",
            ],
            exclude: ["Client"]),
        tests(
            "PatrolRESTTests",
            ["PatrolDomain", "PatrolJSON", "PatrolLaunchDarkly", "PatrolOperations", "PatrolREST", "PatrolTestSupport"]),
        tests("PatrolEndToEndTests", ["PatrolTestSupport", "CFixedClock", "patrol"]),
        tests("PatrolHouseTests", ["PatrolTestSupport"]),
    ]
)
