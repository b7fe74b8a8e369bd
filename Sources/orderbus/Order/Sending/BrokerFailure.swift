package import AMQP

/// No connection to the broker, and what a producer can do about it.
package struct BrokerFailure: Explained {
    private let error: AMQPError?
    private let place: String

    /// - Parameter place: the broker's addresses, without passwords.
    package init(_ error: AMQPError?, place: String) {
        self.error = error
        self.place = place
    }

    package var explanation: Explanation {
        Explanation(
            what: "cannot connect to the broker: " + (error?.message ?? "it did not answer in time"),
            place: place,
            advice: advice
        )
    }

    private var advice: String {
        switch error?.code {
        case .authenticationRefused:
            "see that user and password in the URL are right"
        // RabbitMQ's words for a virtual host that does not exist, beside those for one that is not the user's.
        case .accessRefused where error?.replyCode == 530 && error?.message.contains("not found") == true:
            "make the virtual host (rabbitmqctl add_vhost), or name another at the end of the URL"
        case .accessRefused:
            "give the user permissions in this virtual host, as topology/definitions.json does"
        case .tlsFailed:
            "see that AMQP_CA_FILE holds the authority of the broker's certificate,\n"
                + "that the certificate is for this host name, and AMQP_CERT_FILE and AMQP_KEY_FILE are right"
        default:
            "see that the broker runs, and that host and port in the URL are right"
        }
    }
}
