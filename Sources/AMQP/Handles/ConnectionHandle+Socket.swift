internal import CRabbitMQ
internal import Glibc

extension ConnectionHandle {
    enum SendResult {
        case sent(Int)
        case wouldBlock
    }

    /// Makes the kernel notice a dead peer about when the heartbeats do, and not after two hours or fifteen minutes.
    ///
    /// Source: tcp(7).
    func setSocketOptions(heartbeat: Duration) {
        let seconds = Int32(clamping: heartbeat.components.seconds)
        set(IPPROTO_TCP, TCP_NODELAY, 1)
        set(SOL_SOCKET, SO_KEEPALIVE, 1)
        set(IPPROTO_TCP, TCP_KEEPIDLE, seconds)
        set(IPPROTO_TCP, TCP_KEEPINTVL, max(1, seconds / 2))
        set(IPPROTO_TCP, TCP_KEEPCNT, 3)
        set(IPPROTO_TCP, TCP_USER_TIMEOUT, seconds.multipliedReportingOverflow(by: 2000).partialValue)
    }

    /// Holds back partial segments until it is taken out.
    func setCork(_ isIn: Bool) {
        set(IPPROTO_TCP, TCP_CORK, isIn ? 1 : 0)
    }

    private func set(_ level: some BinaryInteger, _ option: Int32, _ value: Int32) {
        // Not all exist on every kernel, and none decides over correctness: heartbeats do.
        withUnsafeBytes(of: value) { value in
            _ = setsockopt(descriptor, Int32(level), option, value.baseAddress, socklen_t(value.count))
        }
    }

    /// Hands bytes to the kernel, as many as it takes, and never blocks.
    ///
    /// For plain TCP alone.
    func send(_ bytes: UnsafeRawBufferPointer) throws(AMQPError) -> SendResult {
        while true {
            let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            if count >= 0 { return .sent(count) }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            case let number: throw AMQPError(.connectionClosed, "send: \(String(cString: strerror(number)))")
            }
        }
    }

    /// Whether the kernel has room for more, seen without waiting.
    var isWritable: Bool { isReady(for: POLLOUT) }

    /// Whether something has arrived, or the connection has ended, seen without waiting.
    var isReadable: Bool { isReady(for: POLLIN) }

    private func isReady(for events: some BinaryInteger) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        return poll(&request, 1, 0) > 0
    }

    /// Ends the connection without a word; waits and calls on it fail.
    func shutDown() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Gives one encoded frame to librabbitmq, which alone can write to its TLS session.
    ///
    /// May block, without a limit.
    func sendFrame(_ bytes: UnsafeRawBufferPointer) throws(AMQPError) {
        let payload = UnsafeRawBufferPointer(
            rebasing: bytes.dropFirst(FrameEncoder.headerSize).dropLast(FrameEncoder.overhead - FrameEncoder.headerSize)
        )
        let status = try PoolHandle.with { pool throws(AMQPError) in
            var frame = amqp_frame_t()
            frame.frame_type = bytes[0]
            frame.channel = UInt16(bytes[1]) << 8 | UInt16(bytes[2])
            guard Self.fill(&frame, from: payload, pool: pool) else {
                throw AMQPError(.protocolViolation, "an own frame cannot be decoded")
            }
            return amqp_send_frame(raw, &frame)
        }
        guard status == 0 else { throw AMQPError(status: status, "send") }
    }

    private static func fill(
        _ frame: inout amqp_frame_t,
        from payload: UnsafeRawBufferPointer,
        pool: borrowing PoolHandle
    ) -> Bool {
        func bytes(from offset: Int) -> amqp_bytes_t {
            let rest = UnsafeRawBufferPointer(rebasing: payload.dropFirst(offset))
            return amqp_bytes_t(len: rest.count, bytes: UnsafeMutableRawPointer(mutating: rest.baseAddress))
        }
        switch frame.frame_type {
        case FrameEncoder.methodFrame where payload.count >= 4:
            let id = UInt32(bigEndian: payload.loadUnaligned(as: UInt32.self))
            guard let arguments = pool.arguments(of: id, bytes(from: 4)) else { return false }
            frame.payload.method = amqp_method_t(id: id, decoded: arguments)
        case FrameEncoder.headerFrame where payload.count >= 14:
            guard let properties = pool.properties(bytes(from: 12)) else { return false }
            frame.payload.properties.class_id = MethodID.basicClass
            frame.payload.properties.body_size = UInt64(
                bigEndian: payload.loadUnaligned(fromByteOffset: 4, as: UInt64.self)
            )
            frame.payload.properties.decoded = properties
        case FrameEncoder.bodyFrame:
            frame.payload.body_fragment = bytes(from: 0)
        case FrameEncoder.heartbeatFrame:
            break
        default:
            return false
        }
        return true
    }
}

extension ConnectionHandle {
    /// librabbitmq holds bytes or frames that a poll of the descriptor does not show.
    var hasBufferedInput: Bool {
        amqp_frames_enqueued(raw) != 0 || amqp_data_in_buffer(raw) != 0
    }
}
