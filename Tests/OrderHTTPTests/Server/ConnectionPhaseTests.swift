import Testing

@testable import OrderHTTP

@Suite struct ConnectionPhaseTests {
    private let start = ContinuousClock.now
    private var phase: ConnectionPhase

    init() {
        var limits = ConnectionLimits()
        limits.headTime = .seconds(10)
        limits.bodyTime = .seconds(5)
        limits.knownBodyTime = .seconds(30)
        limits.writeTime = .seconds(20)
        limits.idleTime = .seconds(60)
        limits.lingerTime = .seconds(2)
        phase = ConnectionPhase(limits: limits, at: start)
    }

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    @Test mutating func firstHeadHasItsTimeFromTheBeginning() {
        phase.bytesArrived(at: at(9))
        #expect(phase.expiry(at: at(9)) == .none)
        #expect(phase.expiry(at: at(10)) == .close)
    }

    @Test mutating func lateBodyIsTold() {
        phase.headArrived(at: at(1))
        #expect(phase.expiry(at: at(5)) == .none)
        #expect(phase.expiry(at: at(6)) == .requestLate)
        phase.toldLate(at: at(6))
        phase.responseEnded(at: at(6))
        #expect(!phase.isBusy)
    }

    @Test mutating func bodyOfAKnownCallerHasTheLongerTime() {
        phase.headArrived(at: at(1))
        phase.callerKnown(at: at(2))
        #expect(phase.expiry(at: at(31)) == .none)
        #expect(phase.expiry(at: at(32)) == .requestLate)
    }

    @Test mutating func callerWhoIsKnownChangesNothingElse() {
        phase.headArrived(at: at(1))
        phase.requestEnded(at: at(1))
        phase.callerKnown(at: at(2))
        #expect(phase.expiry(at: at(1000)) == .none)
    }

    @Test mutating func answeringHasAllTheTimeItNeeds() {
        phase.headArrived(at: at(1))
        phase.requestEnded(at: at(1))
        #expect(phase.expiry(at: at(1000)) == .none)
        phase.responseEnded(at: at(1000))
        #expect(phase.expiry(at: at(1059)) == .none)
        #expect(phase.expiry(at: at(1060)) == .close)
    }

    @Test mutating func nextHeadHasItsTimeFromItsFirstByte() {
        phase.headArrived(at: at(1))
        phase.requestEnded(at: at(1))
        phase.responseEnded(at: at(1))
        phase.bytesArrived(at: at(50))
        phase.bytesArrived(at: at(59))
        #expect(phase.expiry(at: at(59)) == .none)
        #expect(phase.expiry(at: at(60)) == .close)
    }

    @Test mutating func bodyBehindAnEarlyResponseHasItsTimeToo() {
        phase.headArrived(at: at(0))
        phase.responseEnded(at: at(1))
        #expect(phase.expiry(at: at(4)) == .none)
        #expect(phase.expiry(at: at(5)) == .close)
    }

    @Test mutating func requestsSentAheadWaitTheirTurn() {
        phase.headArrived(at: at(0))
        phase.requestEnded(at: at(0))
        phase.headArrived(at: at(0))
        phase.responseEnded(at: at(100))
        #expect(phase.state == .readingBody)
        #expect(phase.expiry(at: at(105)) == .requestLate)
        phase.requestEnded(at: at(101))
        #expect(phase.state == .answering)
        phase.responseEnded(at: at(102))
        #expect(phase.state == .idle)
        #expect(!phase.isBusy)
    }

    @Test mutating func callerThatDoesNotReadIsCut() {
        phase.headArrived(at: at(0))
        phase.requestEnded(at: at(0))
        phase.writabilityChanged(false, at: at(1))
        #expect(phase.expiry(at: at(20)) == .none)
        #expect(phase.expiry(at: at(21)) == .close)
        phase.writabilityChanged(true, at: at(21))
        #expect(phase.expiry(at: at(22)) == .none)
    }

    @Test mutating func farewellIsShort() {
        phase.headArrived(at: at(0))
        phase.lastResponseWritten(at: at(1))
        phase.requestEnded(at: at(2))
        #expect(phase.state == .lingering)
        #expect(phase.expiry(at: at(3)) == .close)
    }
}
