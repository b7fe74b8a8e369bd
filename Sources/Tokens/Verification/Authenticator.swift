internal import Synchronization

/// Answers for tokens with the keys of the moment, remembering the good ones.
///
/// To be called from any thread; two short critical sections, and no lock while a signature is checked.
package final class Authenticator: Sendable {
    private struct State {
        var keys: KeySet?
        /// Grows with every change of keys, so that a verdict under old keys is not remembered under new ones.
        var generation = 0
        var cache: VerifiedTokenCache
    }

    private enum LookUp {
        case known(Principal)
        case verify(with: KeySet, generation: Int)
        case noKeys
    }

    private let verifier: TokenVerifier
    private let state: Mutex<State>

    /// - Parameter cacheCapacity: how many good tokens are remembered. Defaults to 4096, some 3 MiB when full.
    package init(policy: TokenPolicy, keys: KeySet? = nil, cacheCapacity: Int = 4096) {
        verifier = TokenVerifier(policy: policy)
        state = Mutex(State(keys: keys, cache: VerifiedTokenCache(capacity: cacheCapacity)))
    }

    /// The keys of the moment; nil before the first set and after the last has grown too old.
    package var keys: KeySet? { state.withLock { $0.keys } }

    /// How many good tokens are remembered at the moment.
    package var rememberedTokens: Int { state.withLock { $0.cache.count } }

    /// Swaps the keys as a whole; unless they are the same ones, every remembered token is forgotten.
    package func replaceKeys(_ keys: KeySet?) {
        state.withLock { state in
            let isSame = keys.flatMap { new in state.keys?.hasSameKeys(as: new) } ?? (keys == nil && state.keys == nil)
            state.keys = keys
            guard !isSame else { return }
            state.generation += 1
            state.cache.removeAll()
        }
    }

    /// Decides about one token, given without `Bearer`.
    ///
    /// - Parameter now: seconds since 1970.
    /// - Complexity: about 1 µs for a token seen before, else as ``TokenVerifier/verify(_:keys:now:)``.
    package func authenticate(_ token: ArraySlice<UInt8>, now: Int64 = WallClock.seconds) -> TokenVerdict {
        guard token.count <= TokenSegments.maxTokenBytes else { return .refused(.tooLong) }
        let digest = TokenDigest(of: token)
        switch lookUp(digest, now) {
        case .known(let principal): return .accepted(principal)
        case .noKeys: return .keysUnavailable
        case .verify(let keys, let generation):
            let verdict = verifier.verify(Array(token), keys: keys, now: now)
            if case .accepted(let principal) = verdict { remember(principal, digest, generation) }
            return verdict
        }
    }

    /// Whether a token was found good before and still is: a hash and a look, no signature.
    func remembers(_ token: ArraySlice<UInt8>, now: Int64) -> Bool {
        guard token.count <= TokenSegments.maxTokenBytes else { return false }
        guard case .known = lookUp(TokenDigest(of: token), now) else { return false }
        return true
    }

    private func lookUp(_ digest: TokenDigest, _ now: Int64) -> LookUp {
        state.withLock { state in
            guard let keys = state.keys else { return .noKeys }
            if let principal = state.cache.principal(for: digest, now: now) { return .known(principal) }
            return .verify(with: keys, generation: state.generation)
        }
    }

    private func remember(_ principal: Principal, _ digest: TokenDigest, _ generation: Int) {
        let goodUntil = principal.expiresAt + verifier.policy.leewaySeconds
        state.withLock { state in
            guard state.generation == generation else { return }
            state.cache.insert(principal, for: digest, goodUntil: goodUntil)
        }
    }
}
