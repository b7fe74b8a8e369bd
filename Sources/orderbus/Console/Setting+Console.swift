extension Setting {
    static let consoleAMQPURL = Setting(
        "CONSOLE_AMQP_URL",
        example: "amqp://console:PASSWORD@127.0.0.1:5672",
        secrecy: .url
    )

    static let retentionOfSettled = Setting("CONSOLE_RETENTION_SETTLED", example: "30d")
    static let retentionOfRevisions = Setting("CONSOLE_RETENTION_REVISIONS", example: "7d")
    static let retentionOfWaiting = Setting("CONSOLE_RETENTION_WAITING", example: "180d")
    static let retentionOfReplays = Setting("CONSOLE_RETENTION_REPLAYS", example: "90d")
    static let retentionOfAudit = Setting("CONSOLE_RETENTION_AUDIT", example: "400d")

    static let consoleInFlight = Setting("CONSOLE_IN_FLIGHT", example: "200")
    static let consoleConnections = Setting("CONSOLE_CONNECTIONS", example: "512")
    static let consoleOperatorRate = Setting("CONSOLE_OPERATOR_RATE", example: "6000/1m")
    static let consoleFailureRate = Setting("CONSOLE_FAILURE_RATE", example: "600/1m")
    static let consoleAllowedAddresses = Setting("CONSOLE_ALLOWED_ADDRESSES", example: "192.0.2.0/24,2001:db8::/32")
    static let consoleTrustedProxies = Setting("CONSOLE_TRUSTED_PROXIES", example: "10.0.0.0/8")
    static let consoleForwardedField = Setting("CONSOLE_FORWARDED_FIELD", example: "x-forwarded-for")
}
