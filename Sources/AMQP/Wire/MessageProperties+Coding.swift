/// The property list of a content header frame: 16 flags, then the fields that are present, in order.
///
/// Source: AMQP 0-9-1 §4.2.6.1.
extension MessageProperties {
    private struct Flags: OptionSet {
        let rawValue: UInt16

        static let contentType = Flags(rawValue: 1 << 15)
        static let contentEncoding = Flags(rawValue: 1 << 14)
        static let headers = Flags(rawValue: 1 << 13)
        static let deliveryMode = Flags(rawValue: 1 << 12)
        static let priority = Flags(rawValue: 1 << 11)
        static let correlationID = Flags(rawValue: 1 << 10)
        static let replyTo = Flags(rawValue: 1 << 9)
        static let expiration = Flags(rawValue: 1 << 8)
        static let messageID = Flags(rawValue: 1 << 7)
        static let timestamp = Flags(rawValue: 1 << 6)
        static let type = Flags(rawValue: 1 << 5)
        static let userID = Flags(rawValue: 1 << 4)
        static let appID = Flags(rawValue: 1 << 3)
        static let clusterID = Flags(rawValue: 1 << 2)
    }

    /// Reads a property list; every part shares the storage of the bytes.
    ///
    /// - Returns: `nil` if a field is cut off.
    init?(encoded: ArraySlice<UInt8>) {
        self.init()
        var reader = ByteReader(encoded)
        guard let raw = reader.read(UInt16.self) else { return nil }
        let flags = Flags(rawValue: raw)
        var isComplete = true
        // A continued flag word (bit 0) announces properties that no version of AMQP has.
        if raw & 1 != 0 { return nil }

        func text(_ flag: Flags) -> ShortString? {
            guard flags.contains(flag) else { return nil }
            let text = reader.readShortString()
            if text == nil { isComplete = false }
            return text
        }
        func number<Number: FixedWidthInteger>(_ flag: Flags, _ type: Number.Type) -> Number? {
            guard flags.contains(flag) else { return nil }
            let number = reader.read(type)
            if number == nil { isComplete = false }
            return number
        }

        contentType = text(.contentType)
        contentEncoding = text(.contentEncoding)
        if flags.contains(.headers) {
            guard let bytes = reader.readLongBytes() else { return nil }
            headers = FieldTable(encoded: bytes)
        }
        deliveryMode = number(.deliveryMode, UInt8.self)
        priority = number(.priority, UInt8.self)
        correlationID = text(.correlationID)
        replyTo = text(.replyTo)
        expiration = text(.expiration)
        messageID = text(.messageID)
        timestamp = number(.timestamp, UInt64.self)
        type = text(.type)
        userID = text(.userID)
        appID = text(.appID)
        clusterID = text(.clusterID)
        if !isComplete { return nil }
    }

    private var flags: Flags {
        var flags: Flags = []
        if contentType != nil { flags.insert(.contentType) }
        if contentEncoding != nil { flags.insert(.contentEncoding) }
        if !headers.isEmpty { flags.insert(.headers) }
        if deliveryMode != nil { flags.insert(.deliveryMode) }
        if priority != nil { flags.insert(.priority) }
        if correlationID != nil { flags.insert(.correlationID) }
        if replyTo != nil { flags.insert(.replyTo) }
        if expiration != nil { flags.insert(.expiration) }
        if messageID != nil { flags.insert(.messageID) }
        if timestamp != nil { flags.insert(.timestamp) }
        if type != nil { flags.insert(.type) }
        if userID != nil { flags.insert(.userID) }
        if appID != nil { flags.insert(.appID) }
        if clusterID != nil { flags.insert(.clusterID) }
        return flags
    }

    /// Writes the property list.
    func encode(into buffer: inout [UInt8]) {
        buffer.append(bigEndian: flags.rawValue)
        if let contentType { buffer.append(contentType) }
        if let contentEncoding { buffer.append(contentEncoding) }
        if !headers.isEmpty { buffer.append(longBytes: headers.encoded) }
        if let deliveryMode { buffer.append(deliveryMode) }
        if let priority { buffer.append(priority) }
        if let correlationID { buffer.append(correlationID) }
        if let replyTo { buffer.append(replyTo) }
        if let expiration { buffer.append(expiration) }
        if let messageID { buffer.append(messageID) }
        if let timestamp { buffer.append(bigEndian: timestamp) }
        if let type { buffer.append(type) }
        if let userID { buffer.append(userID) }
        if let appID { buffer.append(appID) }
        if let clusterID { buffer.append(clusterID) }
    }
}
