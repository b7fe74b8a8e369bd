extension Setting {
    static let consoleAMQPURL = Setting(
        "CONSOLE_AMQP_URL",
        example: "amqp://console:PASSWORD@127.0.0.1:5672",
        secrecy: .url
    )
    static let consoleOperatingTenant = Setting("CONSOLE_OPERATING_TENANT", example: "platform")
}
