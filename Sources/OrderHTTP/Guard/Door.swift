internal import Synchronization

/// Who may come in, and how often.
package final class Door: Sendable {
    private struct ClientKey: Hashable, Sendable {
        let tenant: String
        let clientID: String
        let subject: String?
    }

    private let allowed: [AddressRange]
    private let clients: SharedRateLimiter<ClientKey>?
    private let strangers: SharedRateLimiter<IPAddress>?
    private let limited = Atomic<Int>(0)

    /// - Parameters:
    ///   - allowed: empty allows every address.
    ///   - clientRate: requests of one client.
    ///   - failureRate: requests of one address without a good token.
    package init(allowed: [AddressRange], clientRate: RatePolicy?, failureRate: RatePolicy?) {
        self.allowed = allowed
        clients = clientRate.map { SharedRateLimiter(policy: $0) }
        strangers = failureRate.map { SharedRateLimiter(policy: $0) }
    }

    package var limitedCount: Int { limited.load(ordering: .relaxed) }

    /// Checks an address before anything else is looked at.
    ///
    /// - Parameter isKnown: the caller has shown a good token before, so that others at its address do not shut it out;
    ///   asked only where they have tried to, and so must cost little: no signature.
    package func check(_ address: IPAddress, isKnown: @autoclosure () -> Bool = false) throws(Problem) {
        guard allowed.isEmpty || allowed.contains(address) else { throw .addressNotAllowed }
        guard let decision = strangers?.state(of: address.subscriber), !decision.isAllowed, !isKnown() else { return }
        throw refusal(decision)
    }

    /// Notes a request without a good token.
    package func failed(_ address: IPAddress) {
        _ = strangers?.request(from: address.subscriber)
    }

    /// Counts a client's request.
    ///
    /// - Parameter subject: counted by itself; `nil` for the client as a whole.
    /// - Returns: what is left, to be told; `nil` without a limit.
    @discardableResult
    package func count(tenant: String, clientID: String, subject: String? = nil) throws(Problem) -> RateDecision? {
        let key = ClientKey(tenant: tenant, clientID: clientID, subject: subject)
        guard let decision = clients?.request(from: key) else { return nil }
        guard decision.isAllowed else { throw refusal(decision) }
        return decision
    }

    private func refusal(_ decision: RateDecision) -> Problem {
        limited.add(1, ordering: .relaxed)
        return .rateLimited(decision)
    }
}
