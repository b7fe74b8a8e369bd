/// How much of what `send` took is not written yet, bounded in number and in bytes.
struct SendBuffer {
    private let countLimit: Int
    private let byteLimit: Int
    private(set) var count = 0
    /// Of the bodies.
    private var byteCount = 0
    /// Somebody has waited for room in vain: until something is written, nobody waits again.
    var isStalled = false

    init(_ settings: PublisherSettings) {
        countLimit = settings.sendBufferLimit
        byteLimit = settings.sendBufferByteLimit
    }

    var hasRoom: Bool { count < countLimit && byteCount < byteLimit }

    /// How many messages, from the front, there is room for; the last of them may exceed the bytes.
    func room(for messages: [OutgoingMessage]) -> Int {
        var rest = self
        for (index, message) in messages.enumerated() {
            guard rest.hasRoom else { return index }
            rest.add(message)
        }
        return messages.count
    }

    mutating func add(_ message: OutgoingMessage) {
        count += 1
        byteCount += message.body.count
    }

    mutating func remove(_ message: OutgoingMessage) {
        isStalled = false
        count -= 1
        byteCount -= message.body.count
    }

    mutating func removeAll() {
        count = 0
        byteCount = 0
    }
}
