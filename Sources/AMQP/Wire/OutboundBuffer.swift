/// Encoded frames on their way to the socket.
struct OutboundBuffer {
    /// The frames; those before `start` are gone.
    var bytes: [UInt8] = []
    private var start = 0

    /// More room than this is given back once it is not needed.
    private static let keptCapacity = 1 << 20
    /// Sent bytes at the front are cut off once there are so many.
    private static let compactionThreshold = 1 << 18

    var isEmpty: Bool { start == bytes.count }

    var count: Int { bytes.count - start }

    /// Lends so many bytes from the front, at most as many as there are.
    func withFront<Result, Failure: Error>(
        _ count: Int,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.withUnsafeBufferPointer { bytes throws(Failure) in
            try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start...].prefix(count))))
        }
    }

    /// Notes that so many bytes from the front are sent.
    mutating func consume(_ sent: Int) {
        start += sent
        if isEmpty {
            start = 0
            bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptCapacity)
        } else if start > Self.compactionThreshold, start > bytes.count / 2 {
            bytes.removeFirst(start)
            start = 0
        }
    }

    /// The size of the frame at the front, in bytes with all its parts; 0 if there is none.
    var frontFrameSize: Int {
        guard count >= FrameEncoder.overhead else { return 0 }
        let size = bytes[(start + 3)..<(start + FrameEncoder.headerSize)].reduce(0) { $0 << 8 | Int($1) }
        return min(count, size + FrameEncoder.overhead)
    }
}
