import ArgumentParser
internal import Orders

/// `orderbus order get`: shows one order.
struct OrderGetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Show one order, by its id or by the idempotency key that made it.",
        discussion: """
              orderbus order get ord_546vf04tk1w38tdmn7erqn46zv
              orderbus order get --idempotency-key 9d0c2c1b-27e7-4e65-8a1b-43f684c2d7a9
            """
    )

    @Argument(help: "The order's id.")
    var orderID: String?

    @Option(help: "The key that the order was created with, by the token's own client.")
    var idempotencyKey: String?

    @OptionGroup var options: CallOptions

    func validate() throws {
        guard (orderID == nil) != (idempotencyKey == nil) else {
            throw ValidationError("give either an order's id or --idempotency-key")
        }
    }

    func run() async throws {
        let body: [UInt8] =
            if let orderID {
                JSONText.object([("orderId", .text(orderID))])
            } else {
                JSONText.object([("idempotencyKey", .text(idempotencyKey ?? ""))])
            }
        let format = options.output.format
        try await options.withCalls { calls in
            let order = try await calls.send(.get, body: body)
            StandardStream.output.write(OrderText.text(ofOrder: order, as: format))
        }
    }
}
