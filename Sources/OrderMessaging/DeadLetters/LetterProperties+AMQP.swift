internal import AMQP
internal import Orders

extension LetterProperties {
    init(_ properties: MessageProperties) {
        self.init()
        contentType = properties.contentType.map { Array($0.bytes) }
        contentEncoding = properties.contentEncoding.map { Array($0.bytes) }
        deliveryMode = properties.deliveryMode
        priority = properties.priority
        correlationID = properties.correlationID.map { Array($0.bytes) }
        replyTo = properties.replyTo.map { Array($0.bytes) }
        expiration = properties.expiration.map { Array($0.bytes) }
        messageID = properties.messageID.map { Array($0.bytes) }
        timestamp = properties.timestamp
        type = properties.type.map { Array($0.bytes) }
        userID = properties.userID.map { Array($0.bytes) }
        appID = properties.appID.map { Array($0.bytes) }
        clusterID = properties.clusterID.map { Array($0.bytes) }
    }

    /// The properties without headers; a text that is too long for AMQP is left out.
    var amqp: MessageProperties {
        var properties = MessageProperties()
        properties.contentType = Self.short(contentType)
        properties.contentEncoding = Self.short(contentEncoding)
        properties.deliveryMode = deliveryMode
        properties.priority = priority
        properties.correlationID = Self.short(correlationID)
        properties.replyTo = Self.short(replyTo)
        properties.expiration = Self.short(expiration)
        properties.messageID = Self.short(messageID)
        properties.timestamp = timestamp
        properties.type = Self.short(type)
        properties.userID = Self.short(userID)
        properties.appID = Self.short(appID)
        properties.clusterID = Self.short(clusterID)
        return properties
    }

    private static func short(_ bytes: [UInt8]?) -> ShortString? {
        bytes.flatMap { ShortString(bytes: $0[...]) }
    }
}
