import AMQP
import Orders
import Synchronization
import Testing
import ThreadExecutor

@testable import OrderMessaging

@Suite(.timeLimit(.minutes(3))) struct AMQPIntakeTests {
    /// Hundreds of strangers' keys held a lane for as many patiences, one after the other.
    @Test func manyKeysAreLookedForAtOnce() async {
        let authenticator = CrowdAuthenticator(size: 250)
        let keys = (0..<250).map { UnknownKey.named(Array("key-\($0)".utf8)) }
        let resolutions = await authenticator.resolve(keys)
        #expect(resolutions.count == 250)
    }

    @Test func endOfReceivingEndsTheSearchForKeys() async throws {
        // It will not find another to ask with.
        let authenticator = CrowdAuthenticator(size: 2)
        let executor = ThreadExecutor(name: "test-intake")
        let reader = CommandReader(authenticator: authenticator)
        let intake = AMQPIntake(
            consumer: Consumer(
                settings: ConnectionSettings(endpoints: [Endpoint()]),
                queue: "nowhere",
                prefetch: 1,
                executor: executor
            ),
            reader: reader,
            authenticator: authenticator,
            executor: executor
        )
        let delivery = try Delivery.made(routingKey: "order.get.v1", properties: MessageProperties(), body: [])
        let command = reader.read(delivery, isAlone: true).command
        let reading = Task { await intake.read(command).reading }
        await authenticator.waitUntilAsked()
        await intake.stopReceiving()
        let result = await reading.value
        guard case .undecided = result else { return #expect(Bool(false), "\(result)") }
    }
}

/// Has no keys, and answers only when so many have asked, or whoever asks is cancelled.
private final class CrowdAuthenticator: CallerAuthenticator {
    private let size: Int
    private let waiting = Mutex<[UInt64: CheckedContinuation<Void, Never>]>([:])
    private let lastID = Mutex<UInt64>(0)
    private let asked = AsyncStream.makeStream(of: Void.self)

    init(size: Int) { self.size = size }

    func waitUntilAsked() async {
        for await _ in asked.stream { return }
    }

    func authenticate(authorization: ArraySlice<UInt8>?, provenBinding: Bool) -> Authentication { .unknownKey(.any) }

    func resolve(_ key: UnknownKey) async -> KeyResolution {
        let id = lastID.withLock { id in
            id += 1
            return id
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let crowd = waiting.withLock { waiting -> [CheckedContinuation<Void, Never>] in
                    waiting[id] = continuation
                    guard waiting.count == size || Task.isCancelled else { return [] }
                    defer { waiting = [:] }
                    return Array(waiting.values)
                }
                asked.continuation.yield()
                for waiter in crowd { waiter.resume() }
            }
        } onCancel: {
            waiting.withLock { $0.removeValue(forKey: id) }?.resume()
        }
        return .unavailable
    }
}
