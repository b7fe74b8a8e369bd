/// Writes frames at the end of a buffer, all on channel 1 but those that concern the connection.
///
/// Encoding here, and not by librabbitmq's send functions, is what makes one `send(2)` of a batch and lets no write
/// block. Over TLS `ConnectionHandle.sendFrame(_:)` gives the same bytes to librabbitmq frame by frame.
/// Source: AMQP 0-9-1 §4.2.
enum FrameEncoder {
    static let channel: UInt16 = 1
    /// Type, channel and size before the payload, and the end mark behind it.
    static let overhead = 8
    static let headerSize = 7
    private static let endMark: UInt8 = 0xCE

    static let methodFrame: UInt8 = 1
    static let headerFrame: UInt8 = 2
    static let bodyFrame: UInt8 = 3
    static let heartbeatFrame: UInt8 = 8

    /// Writes one frame around the payload that the closure appends.
    @inline(__always)
    private static func frame(
        _ type: UInt8,
        channel: UInt16,
        into buffer: inout [UInt8],
        _ payload: (inout [UInt8]) -> Void
    ) {
        buffer.append(type)
        buffer.append(bigEndian: channel)
        let sizeIndex = buffer.count
        buffer.append(bigEndian: UInt32(0))
        payload(&buffer)
        let size = UInt32(truncatingIfNeeded: buffer.count - sizeIndex - 4)
        for offset in 0..<4 {
            buffer[sizeIndex + offset] = UInt8(truncatingIfNeeded: size >> (24 - 8 * UInt32(offset)))
        }
        buffer.append(endMark)
    }

    private static func method(
        _ id: UInt32,
        channel: UInt16 = channel,
        into buffer: inout [UInt8],
        _ arguments: (inout [UInt8]) -> Void = { _ in }
    ) {
        frame(methodFrame, channel: channel, into: &buffer) { buffer in
            buffer.append(bigEndian: id)
            arguments(&buffer)
        }
    }

    /// Writes basic.publish, the header and the body in as many frames as it takes.
    ///
    /// - Returns: false, with nothing written, if the header does not fit into a frame.
    static func publish(_ message: OutgoingMessage, frameMax: Int, into buffer: inout [UInt8]) -> Bool {
        let start = buffer.count
        method(MethodID.basicPublish, into: &buffer) { buffer in
            buffer.append(bigEndian: UInt16(0))
            buffer.append(message.exchange)
            buffer.append(message.routingKey)
            buffer.append(message.isMandatory ? 1 : 0)
        }
        let headerStart = buffer.count
        frame(headerFrame, channel: channel, into: &buffer) { buffer in
            buffer.append(bigEndian: MethodID.basicClass)
            buffer.append(bigEndian: UInt16(0))
            buffer.append(bigEndian: UInt64(message.body.count))
            message.properties.encode(into: &buffer)
        }
        if buffer.count - headerStart > frameMax {
            buffer.removeSubrange(start...)
            return false
        }
        var rest = message.body[...]
        while !rest.isEmpty {
            let chunk = rest.prefix(frameMax - overhead)
            frame(bodyFrame, channel: channel, into: &buffer) { $0.append(contentsOf: chunk) }
            rest = rest.dropFirst(chunk.count)
        }
        return true
    }

    static func acknowledge(_ number: UInt64, multiple: Bool, into buffer: inout [UInt8]) {
        method(MethodID.basicAck, into: &buffer) { buffer in
            buffer.append(bigEndian: number)
            buffer.append(multiple ? 1 : 0)
        }
    }

    static func reject(_ number: UInt64, requeue: Bool, into buffer: inout [UInt8]) {
        method(MethodID.basicReject, into: &buffer) { buffer in
            buffer.append(bigEndian: number)
            buffer.append(requeue ? 1 : 0)
        }
    }

    static func negativelyAcknowledge(_ number: UInt64, requeue: Bool, into buffer: inout [UInt8]) {
        method(MethodID.basicNack, into: &buffer) { buffer in
            buffer.append(bigEndian: number)
            buffer.append(requeue ? 2 : 0)
        }
    }

    static func cancel(consumerTag: ShortString, into buffer: inout [UInt8]) {
        method(MethodID.basicCancel, into: &buffer) { buffer in
            buffer.append(consumerTag)
            buffer.append(0)
        }
    }

    static func channelFlowOK(isActive: Bool, into buffer: inout [UInt8]) {
        method(MethodID.channelFlowOK, into: &buffer) { $0.append(isActive ? 1 : 0) }
    }

    static func channelCloseOK(into buffer: inout [UInt8]) {
        method(MethodID.channelCloseOK, into: &buffer)
    }

    static func connectionCloseOK(into buffer: inout [UInt8]) {
        method(MethodID.connectionCloseOK, channel: 0, into: &buffer)
    }

    static func connectionClose(into buffer: inout [UInt8]) {
        method(MethodID.connectionClose, channel: 0, into: &buffer) { buffer in
            buffer.append(bigEndian: UInt16(200))
            buffer.append("Goodbye" as ShortString)
            buffer.append(bigEndian: UInt32(0))
        }
    }

    static func heartbeat(into buffer: inout [UInt8]) {
        frame(heartbeatFrame, channel: 0, into: &buffer) { _ in }
    }
}
