/// By which way a message first entered.
package struct LetterOrigin: Sendable, Hashable {
    package let exchange: String
    package let routingKey: String
    /// The broker's user who sent it, as the broker vouched.
    package let userID: String?

    package init(exchange: String, routingKey: String, userID: String?) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.userID = userID
    }
}
