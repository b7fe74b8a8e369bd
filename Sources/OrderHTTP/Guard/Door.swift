internal import Orders
internal import Synchronization

/// Who may come in, and how often.
final class Door: Sendable {
    private struct ClientKey: Hashable, Sendable {
        let tenant: String
        let clientID: String
    }

    private let allowed: [AddressRange]
    private let clients: SharedRateLimiter<ClientKey>?
    private let strangers: SharedRateLimiter<IPAddress>?
    private let limited = Atomic<Int>(0)

    /// - Parameters:
    ///   - allowed: empty allows every address.
    ///   - clientRate: requests of one client.
    ///   - failureRate: requests of one address without a good token.
    init(allowed: [AddressRange], clientRate: RatePolicy?, failureRate: RatePolicy?) {
        self.allowed = allowed
        clients = clientRate.map { SharedRateLimiter(policy: $0) }
        strangers = failureRate.map { SharedRateLimiter(policy: $0) }
    }

    var limitedCount: Int { limited.load(ordering: .relaxed) }

    /// Checks an address before anything else is looked at.
    func check(_ address: IPAddress) throws(Problem) {
        guard allowed.isEmpty || allowed.contains(address) else { throw .addressNotAllowed }
        guard let decision = strangers?.state(of: address.subscriber) else { return }
        guard decision.isAllowed else { throw refusal(decision) }
    }

    /// Notes a request without a good token.
    func failed(_ address: IPAddress) {
        _ = strangers?.request(from: address.subscriber)
    }

    /// Counts a client's request.
    ///
    /// - Returns: what is left, to be told; `nil` without a limit.
    func count(_ caller: Caller) throws(Problem) -> RateDecision? {
        let key = ClientKey(tenant: caller.tenant, clientID: caller.clientID)
        guard let decision = clients?.request(from: key) else { return nil }
        guard decision.isAllowed else { throw refusal(decision) }
        return decision
    }

    private func refusal(_ decision: RateDecision) -> Problem {
        limited.add(1, ordering: .relaxed)
        return .rateLimited(decision)
    }
}
