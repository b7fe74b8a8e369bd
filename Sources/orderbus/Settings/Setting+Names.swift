extension Setting {
    package static let amqpURL = Setting(
        "AMQP_URL",
        example: "amqp://worker:PASSWORD@127.0.0.1:5672",
        secrecy: .url
    )
    package static let producerAMQPURL = Setting(
        "PRODUCER_AMQP_URL",
        example: "amqp://producer:PASSWORD@127.0.0.1:5672",
        secrecy: .url
    )
    package static let amqpCAFile = Setting("AMQP_CA_FILE", example: "/etc/orderbus/ca.pem")
    package static let amqpCertificateFile = Setting("AMQP_CERT_FILE", example: "/etc/orderbus/client.pem")
    package static let amqpKeyFile = Setting("AMQP_KEY_FILE", example: "/etc/orderbus/client.key")
    package static let amqpManagementURL = Setting(
        "AMQP_MANAGEMENT_URL",
        example: "http://admin:PASSWORD@127.0.0.1:15672",
        secrecy: .url
    )

    package static let databaseURL = Setting(
        "DATABASE_URL",
        example: "postgresql://orderbus:PASSWORD@127.0.0.1:5432/orderbus",
        secrecy: .url
    )

    package static let issuer = Setting("OIDC_ISSUER", example: "https://id.example.com")
    package static let audience = Setting("OIDC_AUDIENCE", example: "orderbus")
    package static let jwksURL = Setting("OIDC_JWKS_URL", example: "https://id.example.com/.well-known/jwks.json")
    package static let jwksFile = Setting("OIDC_JWKS_FILE", example: "/etc/orderbus/jwks.json")
    package static let tenantClaim = Setting("OIDC_TENANT_CLAIM", example: "tenant")

    package static let workerAMQPUser = Setting("WORKER_AMQP_USER", example: "worker")
    package static let consoleAMQPUser = Setting("CONSOLE_AMQP_USER", example: "console")

    package static let consoleOperatingTenant = Setting("CONSOLE_OPERATING_TENANT", example: "platform")

    package static let workerLanes = Setting("WORKER_LANES", example: "2")
    package static let workerPrefetch = Setting("WORKER_PREFETCH", example: "1000")
    package static let workerBatch = Setting("WORKER_BATCH", example: "500")
    package static let workerRelease = Setting("WORKER_RELEASE", example: "1.4.2")

    package static let httpHost = Setting("HTTP_HOST", example: "127.0.0.1")
    package static let httpPort = Setting("PORT", example: "3000")
    package static let consoleHost = Setting("CONSOLE_HOST", example: "127.0.0.1")
    package static let consolePort = Setting("CONSOLE_PORT", example: "3001")
    package static let adminHost = Setting("ADMIN_HOST", example: "127.0.0.1")
    package static let adminPort = Setting("ADMIN_PORT", example: "9464")

    package static let shutdownGrace = Setting("SHUTDOWN_GRACE", example: "15s")
    package static let logLevel = Setting("LOG_LEVEL", example: "info")
    package static let logFormat = Setting("LOG_FORMAT", example: "json")

    /// The password that `topology apply` gives a broker user, for example `WORKER_PASSWORD`.
    ///
    /// Letters are made upper case, and what is neither letter nor digit becomes an underscore.
    package static func password(ofUser user: String) -> Setting {
        let name = user.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return Setting(String(name) + "_PASSWORD", example: "a long random word", secrecy: .whole)
    }
}
