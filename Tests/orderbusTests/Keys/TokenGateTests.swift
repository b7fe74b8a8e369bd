import Orders
import Synchronization
import Testing
import Tokens

@testable import orderbus

@Suite(.timeLimit(.minutes(3))) struct TokenGateTests {
    private let policy = TokenPolicy(issuer: "https://issuer.example", audience: "orderbus")

    private func withGate(
        _ issuer: ScriptedIssuer,
        patience: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: .seconds(3600)) },
        report: @escaping @Sendable (KeyRefreshEvent) -> Void = { _ in },
        _ body: (TokenGate, KeyRefresher) async throws -> Void
    ) async throws {
        var settings = KeyRefreshSettings()
        settings.fetchDeadline = .seconds(3600)
        settings.firstRetry = .milliseconds(1)
        let authenticator = Authenticator(policy: policy)
        let refresher = KeyRefresher(
            source: issuer.source,
            authenticator: authenticator,
            settings: settings,
            report: report
        )
        let run = Task { await refresher.run() }
        defer { run.cancel() }
        try await body(TokenGate(authenticator: authenticator, refresher: refresher, patience: patience), refresher)
    }

    private func keys(_ name: String) throws -> ScriptedIssuer.Answer {
        .keys(try TokenSigner(generating: .es256, keyID: KeyID(name)).publicJWKS())
    }

    @Test func newKeyOfAnIssuerThatAnswersIsWaitedFor() async throws {
        let issuer = ScriptedIssuer(try keys("old"))
        try await withGate(issuer) { gate, refresher in
            #expect(await gate.resolve(.any) == .judgeAgain)
            try await refresher.waitUntilReady()
            issuer.answer(try keys("new"))
            #expect(await gate.resolve(.named(Array("new".utf8))) == .judgeAgain)
            let absent = await gate.resolve(.named(Array("nobody's".utf8)))
            guard case .refuse(let refusal) = absent else { return #expect(Bool(false), "\(absent)") }
            #expect(refusal.code == .invalidToken)
        }
    }

    /// An issuer that hung made each message with a key of its own stop the lane for half a second.
    @Test func issuerThatHangsIsWaitedForOnce() async throws {
        let issuer = ScriptedIssuer(try keys("old"))
        let waits = Atomic(0)
        try await withGate(issuer, patience: { waits.add(1, ordering: .relaxed) }) { gate, refresher in
            try await refresher.waitUntilReady()
            issuer.answer(.silence)
            for number in 0..<100 {
                #expect(await gate.resolve(.named(Array("key-\(number)".utf8))) == .unavailable)
            }
        }
        #expect(waits.load(ordering: .relaxed) == 1)
    }

    @Test func issuerThatNeverAnsweredIsWaitedForOnce() async throws {
        let waits = Atomic(0)
        try await withGate(ScriptedIssuer(.silence), patience: { waits.add(1, ordering: .relaxed) }) { gate, _ in
            for _ in 0..<100 { #expect(await gate.resolve(.any) == .unavailable) }
        }
        #expect(waits.load(ordering: .relaxed) == 1)
    }

    @Test func issuerThatFailedIsNotWaitedFor() async throws {
        let (events, continuation) = AsyncStream.makeStream(of: KeyRefreshEvent.self)
        let issuer = ScriptedIssuer(.failure, then: .silence)
        try await withGate(issuer, report: { continuation.yield($0) }) { gate, _ in
            for await event in events { if case .failed = event { break } }
            #expect(await gate.resolve(.any) == .unavailable)
            #expect(await gate.resolve(.named(Array("new".utf8))) == .unavailable)
        }
    }

    @Test func issuerThatAnswersAgainIsWaitedForAgain() async throws {
        let (events, continuation) = AsyncStream.makeStream(of: KeyRefreshEvent.self)
        let issuer = ScriptedIssuer(.failure, then: try keys("old"))
        try await withGate(issuer, report: { continuation.yield($0) }) { gate, _ in
            for await event in events { if case .changed = event { break } }
            issuer.answer(try keys("new"))
            #expect(await gate.resolve(.named(Array("new".utf8))) == .judgeAgain)
        }
    }
}

/// An issuer that answers what it is told to.
private final class ScriptedIssuer: Sendable {
    enum Answer {
        case keys([UInt8])
        case failure
        case silence
    }

    struct Down: Error {}

    private struct State {
        var first: Answer?
        var answer: Answer
    }

    private let state: Mutex<State>

    init(_ answer: Answer) { state = Mutex(State(answer: answer)) }

    init(_ first: Answer, then answer: Answer) { state = Mutex(State(first: first, answer: answer)) }

    func answer(_ answer: Answer) { state.withLock { $0.answer = answer } }

    var source: JWKSSource {
        .fetch { [self] in
            switch state.withLock({ $0.first.take() ?? $0.answer }) {
            case .keys(let bytes): return JWKSResponse(bytes: bytes)
            case .failure: throw Down()
            case .silence:
                try await Task.sleep(for: .seconds(3600))
                throw Down()
            }
        }
    }
}
