import Orders
import Synchronization

/// A bus whose answers a test decides, and which remembers what it was asked.
final class ScriptedBus: CommandBus {
    private let answer: @Sendable (BusRequest, Duration) -> BusResponse
    private let asked = Mutex<[BusRequest]>([])

    init(_ answer: @escaping @Sendable (BusRequest, Duration) -> BusResponse) {
        self.answer = answer
    }

    /// Always the same answer.
    convenience init(_ response: BusResponse) {
        self.init { _, _ in response }
    }

    convenience init(status: Int, _ body: String, isReplay: Bool = false) {
        self.init(.replied(BusReply(status: status, isReplay: isReplay, body: Array(body.utf8))))
    }

    var requests: [BusRequest] { asked.withLock { $0 } }

    func send(_ request: BusRequest, waitingFor wait: Duration) async -> BusResponse {
        asked.withLock { $0.append(request) }
        return answer(request, wait)
    }
}
