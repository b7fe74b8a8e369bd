internal import AMQP
internal import JSON
internal import Orders

extension LetterTopic {
    /// Reads what the message is about, as far as its body can be read; nothing of it is taken for true.
    init(reading message: LetterMessage, command: String, caller: Caller?) {
        self.init()
        let key = message.headers.first(named: HeaderName.idempotencyKey.description)?.text
        idempotencyKey = key
        guard let body = try? CommandBody(message.body) else { return }
        if case .value(let text) = body.text("customerId"), text.utf8.count <= 512 { customerID = text }
        if key == nil, case .value(let text) = body.text("idempotencyKey"), text.utf8.count <= 512 {
            idempotencyKey = text
        }
        if case .value(let text) = body.text("orderId") {
            orderID = OrderID(text)
        } else if command == CommandName.create.rawValue, let caller,
            let key = idempotencyKey.flatMap(IdempotencyKey.init(_:))
        {
            orderID = OrderID(tenant: caller.tenant, clientID: caller.clientID, key: key)
        }
    }
}
