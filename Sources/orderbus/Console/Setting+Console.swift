extension Setting {
    static let consoleAMQPURL = Setting(
        "CONSOLE_AMQP_URL",
        example: "amqp://console:PASSWORD@127.0.0.1:5672",
        secrecy: .url
    )
    static let consoleOperatingTenant = Setting("CONSOLE_OPERATING_TENANT", example: "platform")

    static let retentionOfSettled = Setting("CONSOLE_RETENTION_SETTLED", example: "30d")
    static let retentionOfRevisions = Setting("CONSOLE_RETENTION_REVISIONS", example: "7d")
    static let retentionOfWaiting = Setting("CONSOLE_RETENTION_WAITING", example: "180d")
    static let retentionOfReplays = Setting("CONSOLE_RETENTION_REPLAYS", example: "90d")
    static let retentionOfAudit = Setting("CONSOLE_RETENTION_AUDIT", example: "400d")
}
