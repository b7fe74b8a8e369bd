package import Orders

extension Sample {
    /// Who may do everything with everybody's dead letters.
    package static func `operator`(reach: TenantReach = .all) -> Operator {
        Operator(
            clientID: "ops",
            subject: "ann",
            tenant: "platform",
            reach: reach,
            scopes: Set(DeadLetterScope.allCases)
        )
    }

    /// A dead letter that stands for a command of this name.
    ///
    /// - Parameters:
    ///   - name: makes its message id, and so its own.
    ///   - second: when it last failed, counted from ``moment``.
    ///   - isDated: it says so itself, as one that was not routed does not.
    package static func letter(
        _ name: String,
        caller: Caller? = caller(),
        code: String = "INTERNAL",
        error: String = "The command could not be stored: 23514",
        reason: FailureReason = .refused,
        body: String? = nil,
        customerID: String? = "cust_123",
        second: Int64 = 0,
        isDated: Bool = true,
        replay: ReplayJobID? = nil
    ) -> ArrivedLetter {
        let failedAt = isDated ? Timestamp(milliseconds: moment.milliseconds + second * 1000) : .unknown
        var properties = LetterProperties()
        properties.messageID = Array(name.utf8)
        properties.contentType = Array("application/json".utf8)
        properties.deliveryMode = 2
        let text = body ?? #"{"idempotencyKey":"key-of-\#(name)","customerId":"cust_123"}"#
        let message = LetterMessage(
            body: Array(text.utf8),
            properties: properties,
            headers: [LetterHeader("idempotency-key", .text("key-of-\(name)")), LetterHeader("odd", .int8(-1))]
        )
        let origin = LetterOrigin(
            exchange: "orders.commands",
            routingKey: CommandName.create.rawValue,
            userID: "producer"
        )
        var identity = message
        identity.body = []
        return ArrivedLetter(
            id: LetterID(origin: origin, message: identity, firstFailedAt: failedAt),
            message: message,
            command: CommandName.create.rawValue,
            failure: LetterFailure(
                reason: reason,
                code: code,
                message: error,
                firstFailedAt: failedAt,
                lastFailedAt: failedAt,
                release: "1.0.0"
            ),
            origin: origin,
            caller: caller,
            topic: LetterTopic(customerID: customerID, idempotencyKey: "key-of-\(name)"),
            replay: replay
        )
    }
}
