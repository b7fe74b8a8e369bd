internal import JSON
internal import Orders
internal import Synchronization

/// Who is signed in; gone with the process, so that no token is ever written anywhere.
final class SessionStore: Sendable {
    private struct Session {
        let identity: Identity
        let endsAt: Timestamp
        var idleEndsAt: Timestamp
    }

    static let idleTime: Int64 = 15 * 60_000
    static let longestTime: Int64 = 8 * 3_600_000
    /// More sign-ins push out those that have been idle for longest.
    static let limit = 1000

    private let sessions = Mutex<[String: Session]>([:])

    /// Begins a session under a new secret name.
    func begin(_ identity: Identity, at now: Timestamp) -> String {
        var random = SystemRandomNumberGenerator()
        let secret = (0..<32).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
        let name = String(decoding: Base64Digits.url.encoded(secret), as: UTF8.self)
        let end = min(identity.expiresAt.milliseconds, now.milliseconds + Self.longestTime)
        let session = Session(
            identity: identity,
            endsAt: Timestamp(milliseconds: end),
            idleEndsAt: Timestamp(milliseconds: now.milliseconds + Self.idleTime)
        )
        sessions.withLock { sessions in
            sessions = sessions.filter { $0.value.endsAt > now && $0.value.idleEndsAt > now }
            if sessions.count >= Self.limit,
                let oldest = sessions.min(by: { $0.value.idleEndsAt < $1.value.idleEndsAt })
            {
                sessions[oldest.key] = nil
            }
            sessions[name] = session
        }
        return name
    }

    /// The identity behind a session.
    ///
    /// - Parameter isUse: whether it keeps the session from ending for idleness.
    func identity(_ name: String, at now: Timestamp, isUse: Bool = true) -> Identity? {
        sessions.withLock { sessions in
            guard var session = sessions[name] else { return nil }
            guard session.endsAt > now, session.idleEndsAt > now else {
                sessions[name] = nil
                return nil
            }
            if isUse {
                session.idleEndsAt = Timestamp(milliseconds: now.milliseconds + Self.idleTime)
                sessions[name] = session
            }
            var identity = session.identity
            identity.session = name
            return identity
        }
    }

    func end(_ name: String) {
        sessions.withLock { $0[name] = nil }
    }
}
