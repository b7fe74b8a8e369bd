import ArgumentParser

/// `orderbus order`: a producer's tool, which sends commands over the bus and shows what comes back.
struct OrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order",
        abstract: "Create, get, list and cancel orders over the bus, as any producer does.",
        discussion: """
            Broker: PRODUCER_AMQP_URL, else AMQP_URL; AMQP_CA_FILE, AMQP_CERT_FILE and AMQP_KEY_FILE for TLS.
            Token: --token-file or ORDERBUS_TOKEN; else one is minted for --client-id and --tenant with the development \
            key, see token mint.
            """,
        subcommands: [
            OrderCreateCommand.self, OrderGetCommand.self, OrderListCommand.self, OrderCancelCommand.self,
        ]
    )
}
