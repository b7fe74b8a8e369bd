import Testing
import Tokens

@testable import orderbus

@Suite struct IssuerTrustTests {
    private let start = ContinuousClock.now

    private func status(failures: Int = 0, lastSuccess: Duration? = nil) -> KeyStatus {
        var status = KeyStatus()
        status.failures = failures
        status.lastSuccess = lastSuccess.map { start + $0 }
        return status
    }

    @Test func issuerIsWaitedForUntilItFails() {
        let trust = IssuerTrust()
        #expect(trust.isWorthWaiting(status()))
        #expect(trust.isWorthWaiting(status(lastSuccess: .zero)))
        #expect(!trust.isWorthWaiting(status(failures: 1, lastSuccess: .zero)))
    }

    @Test func onceWaitedForInVainItMustAnswerFirst() {
        var trust = IssuerTrust()
        trust.lose(at: start + .seconds(1))
        #expect(!trust.isWorthWaiting(status()))
        #expect(!trust.isWorthWaiting(status(lastSuccess: .zero)))
        #expect(trust.isWorthWaiting(status(lastSuccess: .seconds(2))))
    }
}
