import ArgumentParser

/// `orderbus topology`: brings a broker's queues, exchanges, policies and users into the shape that is defined.
struct TopologyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topology",
        abstract: "Queues, exchanges, policies and users of the broker: plan, apply, check.",
        discussion: """
            AMQP_MANAGEMENT_URL names the broker's management API, for example \
            http://admin:PASSWORD@127.0.0.1:15672, with /VHOST after it for another virtual host than /. \
            Its user needs the tag administrator and permissions in that virtual host.

            PRODUCER_PASSWORD, WORKER_PASSWORD, GATEWAY_PASSWORD and CONSOLE_PASSWORD, or files named in \
            PRODUCER_PASSWORD_FILE and so on, give passwords to the broker's users. A user without one is left as it \
            is, or made unable to log in.
            """,
        subcommands: [TopologyPlanCommand.self, TopologyApplyCommand.self, TopologyCheckCommand.self]
    )
}
