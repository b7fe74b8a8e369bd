/// A request to the management API that did not do what it was for.
package struct ManagementError: Explained, Equatable {
    package enum Reason: Sendable, Equatable {
        /// No answer: refused, timed out, TLS failed.
        case unreachable(String)
        /// 401 or 403; the API uses both for a wrong password and for a missing right.
        case notAllowed(String)
        /// Any other status that was not expected.
        case refused(status: UInt, String)
        /// An answer that is not what the API gives.
        case unreadable(String)
    }

    package let reason: Reason
    /// For example `PUT /api/queues/%2F/orders.commands`.
    package let request: String
    /// Scheme, host and port.
    package let base: String

    package init(_ reason: Reason, request: String, base: String) {
        self.reason = reason
        self.request = request
        self.base = base
    }

    package var explanation: Explanation {
        let place = "\(request) at \(base)"
        switch reason {
        case .unreachable(let words):
            return Explanation(
                what: "the broker's management API cannot be reached: \(words)",
                place: place,
                advice: "see that the broker runs with its management plugin\n"
                    + "(rabbitmq-plugins enable rabbitmq_management), and that AMQP_MANAGEMENT_URL is right"
            )
        case .notAllowed(let words):
            return Explanation(
                what: "the broker does not allow it: \(words)",
                place: place,
                advice: "see that user and password in AMQP_MANAGEMENT_URL are right,\n"
                    + "that the user has the tag administrator, and permissions in the virtual host"
            )
        case .refused(let status, let words):
            return Explanation(what: "the broker answered \(status): \(words)", place: place)
        case .unreadable(let words):
            return Explanation(
                what: "the answer cannot be read: \(words)",
                place: place,
                advice: "see that AMQP_MANAGEMENT_URL is that of a RabbitMQ management API"
            )
        }
    }
}
