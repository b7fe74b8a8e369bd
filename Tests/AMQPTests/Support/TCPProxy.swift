import AMQP
import Glibc
import ThreadExecutor

/// A proxy on loopback that can stop forwarding, cut connections, and refuse new ones.
actor TCPProxy {
    private let executor = ThreadExecutor(name: "test-proxy")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let target: UInt16
    private var listener: Int32 = -1
    private var accepting: Task<Void, Never>?
    private var pairs: [(Int32, Int32)] = []
    private var isFrozen = false
    private var isRefusing = false
    /// How many connections were accepted so far.
    private(set) var connectionCount = 0
    /// Heartbeats that went by alone, by the socket of who sent them.
    private var heartbeats: [Int32: Int] = [:]

    init(target: UInt16) {
        self.target = target
    }

    /// Runs a proxy to the broker of the tests for as long as the closure does.
    static func withProxy<Result>(_ body: (TCPProxy, UInt16) async throws -> Result) async throws -> Result {
        let target = try TestBroker.settings().endpoints.first?.port ?? 5672
        let proxy = TCPProxy(target: target)
        let port = try await proxy.start()
        do {
            let result = try await body(proxy, port)
            await proxy.stop()
            return result
        } catch {
            await proxy.stop()
            throw error
        }
    }

    private func start() throws -> UInt16 {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = Self.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, pointer, &length) == 0
            }
        }
        guard isBound else { throw AMQPError(.connectFailed, "the proxy cannot listen") }
        accepting = Task { await accept() }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private func accept() async {
        while await executor.wait(for: .readable, on: listener, until: nil) == .ready {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { continue }
            Self.unblock(client)
            guard !isRefusing, let server = connectToTarget() else {
                close(client)
                continue
            }
            connectionCount += 1
            pairs.append((client, server))
            heartbeats[client] = nil
            Task { await forward(from: client, to: server) }
            Task { await forward(from: server, to: client) }
        }
    }

    private func connectToTarget() -> Int32? {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(port: target)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                connect(server, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(server)
            return nil
        }
        Self.unblock(server)
        return server
    }

    private static func unblock(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    private func isOpen(_ descriptor: Int32) -> Bool {
        pairs.contains { $0.0 == descriptor || $0.1 == descriptor }
    }

    private func forward(from source: Int32, to sink: Int32) async {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while isOpen(source) {
            if isFrozen {
                if await executor.sleep(until: .now + .milliseconds(20)) == .cancelled { return }
                continue
            }
            let count = recv(source, &buffer, buffer.count, 0)
            if count == 0 || (count < 0 && errno != EAGAIN) { return cut(source) }
            if count < 0 {
                _ = await executor.wait(for: .readable, on: source, until: .now + .milliseconds(100))
                continue
            }
            if buffer[..<count].elementsEqual(Self.heartbeat) { heartbeats[source, default: 0] += 1 }
            guard await send(buffer[..<count], to: sink) else { return cut(source) }
        }
    }

    private func send(_ bytes: ArraySlice<UInt8>, to sink: Int32) async -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            guard isOpen(sink) else { return false }
            let count = rest.withUnsafeBytes { Glibc.send(sink, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count > 0 { rest = rest.dropFirst(count) }
            if count < 0, errno != EAGAIN { return false }
            if count < 0 { _ = await executor.wait(for: .writable, on: sink, until: .now + .milliseconds(100)) }
        }
        return true
    }

    /// Ends a connection with a reset, as a crashed host's successor does.
    private func cut(_ descriptor: Int32) {
        guard let index = pairs.firstIndex(where: { $0.0 == descriptor || $0.1 == descriptor }) else { return }
        let pair = pairs.remove(at: index)
        for socket in [pair.0, pair.1] {
            executor.wake(socket)
            var reset = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
            close(socket)
        }
    }

    /// Resets every connection there is.
    func cutAll() {
        for pair in pairs { cut(pair.0) }
    }

    /// AMQP 0-9-1 §4.2.7: an empty frame of type 8 on channel 0.
    private static let heartbeat: [UInt8] = [8, 0, 0, 0, 0, 0, 0, 0xCE]

    /// Whether each client of so many sends so many heartbeats; waits for that a minute long.
    func hearsHeartbeats(_ count: Int, ofEach clients: Int) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while pairs.count(where: { heartbeats[$0.0, default: 0] >= count }) < clients {
            guard .now < deadline else { return false }
            if await executor.sleep(until: .now + .milliseconds(20)) == .cancelled { return false }
        }
        return true
    }

    /// Forwards nothing any more, and keeps every connection open: a half-open peer.
    func freeze() {
        isFrozen = true
    }

    func thaw() {
        isFrozen = false
    }

    /// Closes new connections at once.
    func refuse(_ isRefusing: Bool) {
        self.isRefusing = isRefusing
    }

    private func stop() async {
        accepting?.cancel()
        await accepting?.value
        cutAll()
        close(listener)
    }
}
