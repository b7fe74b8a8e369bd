/// A message, exact to the byte, without the token that came with it.
package struct LetterMessage: Sendable, Hashable {
    package var body: [UInt8]
    /// How long the body was when it was sent; more than it has now if a worker had to cut it off.
    package var bodyByteCount: Int64
    package var properties: LetterProperties
    /// In the order in which they were sent, the broker's and the worker's own after the sender's.
    package var headers: [LetterHeader]

    package init(
        body: [UInt8],
        bodyByteCount: Int64? = nil,
        properties: LetterProperties = LetterProperties(),
        headers: [LetterHeader] = []
    ) {
        self.body = body
        self.bodyByteCount = bodyByteCount ?? Int64(body.count)
        self.properties = properties
        self.headers = headers
    }

    /// The body was too long to be kept, so the message cannot be sent again as it was.
    package var isBodyMissing: Bool { bodyByteCount != Int64(body.count) }
}
