package import Orders

/// Answers replayed commands as a script says, and remembers them.
package final class ScriptedReplaySender: ReplaySender {
    /// What to answer the message that is sent so many times already; `nil` lets it wait for ever.
    package typealias Script = @Sendable (_ command: ReplayCommand, _ earlierSends: Int) -> ReplayResponse?

    private struct State: Sendable {
        var sent: [ReplayCommand] = []
        var isAway = false
    }

    private let state = Watched(State())
    private let script: Script

    package init(
        _ script: @escaping Script = { _, _ in .ended(.succeeded(status: 201, isReplay: false)) }
    ) {
        self.script = script
    }

    /// Everything that was sent, in that order.
    package var sent: [ReplayCommand] { state.current.sent }

    package var sentLetters: [LetterID] { sent.map(\.item.entry.id) }

    package func waitUntilSent(_ count: Int) async {
        await state.wait { $0.sent.count >= count ? () : nil }
    }

    package func goAway() {
        state.change { $0.isAway = true }
    }

    package func comeBack() {
        state.change { $0.isAway = false }
    }

    package func send(_ command: ReplayCommand, waitingFor wait: Duration) async -> ReplayResponse {
        let (isAway, earlier) = state.change { state in
            let earlier = state.sent.count { $0.item.entry.id == command.item.entry.id }
            if !state.isAway { state.sent.append(command) }
            return (state.isAway, earlier)
        }
        if isAway { return .unavailable(reason: "the broker is away") }
        if let response = script(command, earlier) { return response }
        await state.wait { _ in nil as Void? }
        return .unanswered
    }

    package func waitUntilAvailable() async {
        await state.wait { $0.isAway ? nil : () }
    }
}

/// Lends every job the same token, or none.
package final class FixedAuthority: ReplayAuthority {
    private let token: Watched<String?>
    private let lender: Operator

    package init(_ token: String? = "Bearer operator", of lender: Operator = Sample.operator()) {
        self.token = Watched(token)
        self.lender = lender
    }

    package func lend(_ token: String?) {
        self.token.change { $0 = token }
    }

    package func loan(for job: ReplayJob) async -> ReplayLoan? {
        token.current.map { ReplayLoan(authorization: $0, lender: lender) }
    }
}
