// swift-tools-version: 6.2
import PackageDescription

/// The rooms and the arrows between them; `scripts/check` holds the imports against the same picture.
let rooms: [Target] = [
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CRabbitMQ", pkgConfig: "librabbitmq", providers: [.apt(["librabbitmq-dev"])]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "ThreadExecutor", dependencies: ["CLinux"]),
    .target(name: "JSON"),
    .target(name: "AMQP", dependencies: ["CRabbitMQ", "ThreadExecutor"]),
    .target(name: "Postgres", dependencies: ["CPostgres", "ThreadExecutor"]),
    .target(name: "Tokens", dependencies: ["COpenSSL", "JSON"]),
    .target(name: "Orders", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
    .target(name: "OrderMessaging", dependencies: ["AMQP", "JSON", "Orders", "ThreadExecutor"]),
    .target(name: "OrderWorker", dependencies: ["Orders"]),
    .target(name: "OrderRecovery", dependencies: ["Orders"]),
    .target(name: "OrderTestKit", dependencies: ["Orders"]),
    .target(
        name: "Telemetry",
        dependencies: [
            .product(name: "CoreMetrics", package: "swift-metrics"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdCore", package: "hummingbird"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ]
    ),
    .target(
        name: "OrderStorage",
        dependencies: ["Orders", "Postgres"],
        resources: [.embedInCode("Migrations")]
    ),
    .target(
        name: "OrderHTTP",
        dependencies: [
            "JSON", "Orders",
            .product(name: "CoreMetrics", package: "swift-metrics"),
            .product(name: "Crypto", package: "swift-crypto"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdCore", package: "hummingbird"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "NIOTLS", package: "swift-nio"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ]
    ),
    .target(
        name: "OrderConsole",
        dependencies: [
            "JSON", "OrderHTTP", "Orders",
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ],
        resources: [.embedInCode("Page/Assets")]
    ),
    .executableTarget(
        name: "orderbus",
        dependencies: [
            "AMQP", "CLinux", "JSON", "OrderConsole", "OrderHTTP", "OrderMessaging", "OrderRecovery", "OrderStorage",
            "OrderWorker", "Orders", "Postgres", "Telemetry", "ThreadExecutor", "Tokens",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "AsyncHTTPClient", package: "async-http-client"),
            .product(name: "Configuration", package: "swift-configuration"),
            .product(name: "CoreMetrics", package: "swift-metrics"),
            .product(name: "Crypto", package: "swift-crypto"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "Metrics", package: "swift-metrics"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        ],
        // A link to topology/definitions.json, so that the binary carries what the repository publishes.
        resources: [.embedInCode("Topology/definitions.json")]
    ),
]

let tests: [Target] = [
    .testTarget(name: "ThreadExecutorTests", dependencies: ["ThreadExecutor"]),
    .testTarget(name: "JSONTests", dependencies: ["JSON", "OrderTestKit"]),
    .testTarget(name: "AMQPTests", dependencies: ["AMQP", "CRabbitMQ", "OrderTestKit", "ThreadExecutor"]),
    .testTarget(name: "PostgresTests", dependencies: ["Postgres", "ThreadExecutor"]),
    .testTarget(name: "TokensTests", dependencies: ["OrderTestKit", "Tokens"]),
    .testTarget(name: "OrdersTests", dependencies: ["Orders"]),
    .testTarget(name: "OrderTestKitTests", dependencies: ["OrderTestKit", "Orders"]),
    .testTarget(name: "OrderMessagingTests", dependencies: ["AMQP", "OrderMessaging", "Orders", "ThreadExecutor"]),
    .testTarget(
        name: "OrderStorageTests",
        dependencies: ["OrderStorage", "OrderTestKit", "Orders", "Postgres", "ThreadExecutor"]
    ),
    .testTarget(
        name: "OrderRecoveryTests",
        dependencies: [
            "AMQP", "OrderMessaging", "OrderRecovery", "OrderStorage", "OrderTestKit", "OrderWorker", "Orders",
            "Postgres", "ThreadExecutor",
        ]
    ),
    .testTarget(name: "OrderWorkerTests", dependencies: ["OrderTestKit", "OrderWorker", "Orders"]),
    .testTarget(
        name: "OrderHTTPTests",
        dependencies: [
            "JSON", "OrderHTTP", "OrderMessaging", "Orders",
            .product(name: "CoreMetrics", package: "swift-metrics"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdTesting", package: "hummingbird"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOEmbedded", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
        ]
    ),
    .testTarget(
        name: "OrderConsoleTests",
        dependencies: [
            "JSON", "OrderConsole", "OrderHTTP", "OrderMessaging", "OrderTestKit", "Orders",
            .product(name: "CoreMetrics", package: "swift-metrics"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdTesting", package: "hummingbird"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOEmbedded", package: "swift-nio"),
        ]
    ),
    .testTarget(
        name: "TelemetryTests",
        dependencies: [
            "Telemetry",
            .product(name: "CoreMetrics", package: "swift-metrics"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdTesting", package: "hummingbird"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
        ]
    ),
    .testTarget(
        name: "orderbusTests",
        dependencies: [
            "AMQP", "JSON", "Orders", "Postgres", "Telemetry", "ThreadExecutor", "Tokens", "orderbus",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "Logging", package: "swift-log"),
        ]
    ),
]

let package = Package(
    name: "orderbus",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: rooms + tests
)

// One loop, so that no target is ever built by laxer rules than its neighbours.
for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .swiftLanguageMode(.v6),
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .treatAllWarnings(as: .error),
        ]
}
