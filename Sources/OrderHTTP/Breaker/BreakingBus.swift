internal import Orders
internal import Synchronization

/// The command bus behind a circuit breaker of its own for writes and for reads.
final class BreakingBus: Sendable {
    private let bus: any CommandBus
    private let availability: @Sendable () -> BusAvailability
    private let writes: Mutex<CircuitBreaker>
    private let reads: Mutex<CircuitBreaker>

    init(
        bus: any CommandBus,
        settings: CircuitBreaker.Settings,
        availability: @escaping @Sendable () -> BusAvailability
    ) {
        self.bus = bus
        self.availability = availability
        writes = Mutex(CircuitBreaker(settings: settings))
        reads = Mutex(CircuitBreaker(settings: settings))
    }

    /// What a command would meet, to be asked before its body is read.
    func check(_ command: CommandName) throws(Problem) {
        switch availability() {
        case .available: break
        case .blocked: throw .unavailable("The order bus takes no messages at the moment; nothing was taken")
        case .away: throw .unavailable(Problem.busAway)
        }
        if let wait = breaker(command, { $0.refusal(at: .now) }) {
            throw .unavailable(Problem.busAway, retryAfter: wait.wholeSecondsUp)
        }
    }

    /// Sends a command unless the breaker is open.
    func send(_ request: BusRequest, waitingFor wait: Duration) async throws(Problem) -> BusResponse {
        let ticket: CircuitBreaker.Ticket
        switch breaker(request.command, { $0.admit(at: .now) }) {
        case .admitted(let admitted): ticket = admitted
        case .refused(let wait): throw .unavailable(Problem.busAway, retryAfter: wait.wholeSecondsUp)
        }
        let response = await bus.send(request, waitingFor: wait)
        breaker(request.command) { breaker in
            switch response {
            // Taken and not answered says that workers are slow or away, and the bus is there.
            case .replied, .taken: breaker.succeeded(ticket)
            case .notTaken, .unknown: breaker.failed(ticket, at: .now)
            }
        }
        return response
    }

    /// For metrics: 0 closed, 1 half open, 2 open.
    func level(_ command: CommandName) -> Int {
        switch breaker(command, { $0.state }) {
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }

    private func breaker<Result: Sendable>(
        _ command: CommandName,
        _ body: (inout CircuitBreaker) -> Result
    ) -> Result {
        command.isRead ? reads.withLock { body(&$0) } : writes.withLock { body(&$0) }
    }
}
