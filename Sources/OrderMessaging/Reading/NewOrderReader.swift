package import Orders

/// The worker's own reader of `order.create.v1`, for its rules alone.
package struct NewOrderReader: NewOrderChecker {
    package init() {}

    package func refusal(of body: [UInt8], key: String?) -> Refusal? {
        do {
            let header = key.map { CommandHeaders.Text.bytes(Array($0.utf8)[...]) } ?? .missing
            _ = try CommandBody(body).newOrder(headerKey: header)
            return nil
        } catch {
            return error
        }
    }
}
