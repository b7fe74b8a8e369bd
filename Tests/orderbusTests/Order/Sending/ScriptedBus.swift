import Orders
import Synchronization
import orderbus

/// A bus that answers what a test wrote down, and then for ever the last of it.
final class ScriptedBus: SendingBus {
    private struct State {
        var answers: [BusResponse]
        var sent: [BusRequest] = []
        var inFlight = 0
        var mostInFlight = 0
    }

    private let state: Mutex<State>
    private let isUp: Bool
    private let answer: (@Sendable (BusRequest) -> BusResponse)?
    let trouble: String?

    init(_ answers: [BusResponse], isUp: Bool = true, trouble: String? = nil) {
        state = Mutex(State(answers: answers))
        self.isUp = isUp
        self.trouble = trouble
        answer = nil
    }

    init(answer: @escaping @Sendable (BusRequest) -> BusResponse) {
        state = Mutex(State(answers: []))
        isUp = true
        trouble = nil
        self.answer = answer
    }

    var sent: [BusRequest] { state.withLock { $0.sent } }
    var mostInFlight: Int { state.withLock { $0.mostInFlight } }

    func isAvailable(within limit: Duration) async -> Bool { isUp }

    func send(_ request: BusRequest, waitingFor wait: Duration) async -> BusResponse {
        let scripted = state.withLock { state in
            state.sent.append(request)
            state.inFlight += 1
            state.mostInFlight = max(state.mostInFlight, state.inFlight)
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers.first
        }
        for _ in 0..<20 { await Task.yield() }
        state.withLock { $0.inFlight -= 1 }
        return answer?(request) ?? scripted ?? .taken
    }
}

extension BusResponse {
    /// A worker's reply.
    static func reply(_ status: Int, _ body: String = "{}", isReplay: Bool = false) -> BusResponse {
        .replied(BusReply(status: status, isReplay: isReplay, body: Array(body.utf8)))
    }
}
