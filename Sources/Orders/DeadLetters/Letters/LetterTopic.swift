/// What a command was about, as far as its body could be read.
package struct LetterTopic: Sendable, Hashable {
    package var customerID: String?
    package var orderID: OrderID?
    package var idempotencyKey: String?

    package init(customerID: String? = nil, orderID: OrderID? = nil, idempotencyKey: String? = nil) {
        self.customerID = customerID
        self.orderID = orderID
        self.idempotencyKey = idempotencyKey
    }
}
