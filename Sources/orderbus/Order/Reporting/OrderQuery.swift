/// Which orders a listing asks for.
package struct OrderQuery: Sendable {
    private let status: String?
    private let customerID: String?
    private let limit: Int

    package init(status: String?, customerID: String?, limit: Int) {
        self.status = status
        self.customerID = customerID
        self.limit = limit
    }

    /// The body of `order.list.v1`.
    package func body(cursor: String?) -> [UInt8] {
        var members: [(StaticString, JSONText.Value)] = [("limit", .number(limit))]
        if let status { members.append(("status", .text(status))) }
        if let customerID { members.append(("customerId", .text(customerID))) }
        if let cursor { members.append(("cursor", .text(cursor))) }
        return JSONText.object(members)
    }
}
