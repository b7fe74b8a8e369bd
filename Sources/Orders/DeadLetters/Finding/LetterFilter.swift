/// Which letters are meant; everything that is set must fit.
package struct LetterFilter: Sendable, Hashable {
    /// Empty means any.
    package var states: Set<LetterState>
    package var group: GroupID?
    package var command: String?
    package var code: String?
    package var reason: FailureReason?
    /// The version of the program that failed.
    package var release: String?
    package var tenant: String?
    package var clientID: String?
    package var customerID: String?
    package var orderID: OrderID?
    /// Kept at this moment or later.
    package var arrivedFrom: Timestamp?
    /// Kept before this moment.
    package var arrivedBefore: Timestamp?
    /// Occurs in the body as it arrived, byte for byte, or in the error text.
    package var text: String?
    package var body: BodyMatch?
    /// Failed again after a replay, or never did.
    package var hasFailedAgain: Bool?

    package static let textLimit = 500

    package init(
        states: Set<LetterState> = [],
        group: GroupID? = nil,
        command: String? = nil,
        code: String? = nil,
        reason: FailureReason? = nil,
        release: String? = nil,
        tenant: String? = nil,
        clientID: String? = nil,
        customerID: String? = nil,
        orderID: OrderID? = nil,
        arrivedFrom: Timestamp? = nil,
        arrivedBefore: Timestamp? = nil,
        text: String? = nil,
        body: BodyMatch? = nil,
        hasFailedAgain: Bool? = nil
    ) {
        self.states = states
        self.group = group
        self.command = command
        self.code = code
        self.reason = reason
        self.release = release
        self.tenant = tenant
        self.clientID = clientID
        self.customerID = customerID
        self.orderID = orderID
        self.arrivedFrom = arrivedFrom
        self.arrivedBefore = arrivedBefore
        self.text = text
        self.body = body
        self.hasFailedAgain = hasFailedAgain
    }
}
