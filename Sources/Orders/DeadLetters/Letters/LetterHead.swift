/// Properties and headers of a message as bytes, for where they are stored and compared: every type and bit is kept.
///
/// Numbers are big-endian; texts and tables stand behind their length. The first byte tells the form.
package enum LetterHead {
    private static let form: UInt8 = 1
    /// How many tables and arrays within each other are taken.
    ///
    /// What comes from the broker has at most 16.
    static let depthLimit = 32

    package static func encode(_ properties: LetterProperties, _ headers: [LetterHeader]) -> [UInt8] {
        var writer = HeadWriter()
        writer.bytes.append(form)
        for text in properties.texts { writer.write(optional: text) }
        writer.write(optional: properties.deliveryMode.map { [$0] })
        writer.write(optional: properties.priority.map { [$0] })
        writer.write(optional: properties.timestamp.map { HeadWriter.bigEndian($0) })
        writer.write(headers)
        return writer.bytes
    }

    /// Reads what ``encode(_:_:)`` wrote; `nil` for anything else.
    package static func decode(_ bytes: [UInt8]) -> (properties: LetterProperties, headers: [LetterHeader])? {
        var reader = HeadReader(bytes)
        guard reader.byte() == form, let properties = reader.properties(),
            let headers = reader.headers(depth: 1), reader.isAtEnd
        else { return nil }
        return (properties, headers)
    }
}

extension LetterProperties {
    /// In the order of the stored form.
    fileprivate var texts: [[UInt8]?] {
        [
            contentType, contentEncoding, correlationID, replyTo, expiration, messageID, type, userID, appID,
            clusterID,
        ]
    }
}

extension HeadReader {
    fileprivate mutating func properties() -> LetterProperties? {
        var texts: [[UInt8]?] = []
        for _ in 0..<10 {
            guard let text = optional() else { return nil }
            texts.append(text)
        }
        guard let mode = optional(), let priority = optional(), let time = optional() else { return nil }
        var properties = LetterProperties()
        properties.contentType = texts[0]
        properties.contentEncoding = texts[1]
        properties.correlationID = texts[2]
        properties.replyTo = texts[3]
        properties.expiration = texts[4]
        properties.messageID = texts[5]
        properties.type = texts[6]
        properties.userID = texts[7]
        properties.appID = texts[8]
        properties.clusterID = texts[9]
        properties.deliveryMode = mode?.first
        properties.priority = priority?.first
        properties.timestamp = time.map { $0.reduce(0) { $0 << 8 | UInt64($1) } }
        return properties
    }
}
