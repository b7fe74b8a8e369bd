import ArgumentParser
internal import Orders

/// `orderbus order cancel`: cancels one order.
struct OrderCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel an order that is pending or confirmed.",
        discussion: """
              orderbus order cancel ord_546vf04tk1w38tdmn7erqn46zv --reason 'out of stock'
            """
    )

    @Argument(help: "The order's id.")
    var orderID: String

    @Option(help: "Why, for those who read the event.")
    var reason: String?

    @Option(help: ArgumentHelp("Cancel it only if it is in this version.", valueName: "version"))
    var expectedVersion: Int32?

    @OptionGroup var options: CallOptions

    func run() async throws {
        var members: [(StaticString, JSONText.Value)] = [("orderId", .text(orderID))]
        if let reason { members.append(("reason", .text(reason))) }
        if let expectedVersion { members.append(("expectedVersion", .number(Int(expectedVersion)))) }
        let body = JSONText.object(members)
        let format = options.output.format
        try await options.withCalls { calls in
            let order = try await calls.send(.cancel, body: body)
            StandardStream.output.write(OrderText.text(ofOrder: order, as: format))
        }
    }
}
