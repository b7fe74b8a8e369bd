internal import Glibc
import Testing

@testable import ThreadExecutor

@Suite struct WaitListTests {
    private let start = ContinuousClock.now

    @Test func nextDeadlineIsTheEarliestOfOpenWaits() {
        var waits = WaitList()
        #expect(waits.nextDeadline == nil)
        waits.begin(1, nil, until: nil)
        #expect(waits.nextDeadline == nil)
        waits.begin(2, nil, until: start + .seconds(3))
        waits.begin(3, nil, until: start + .seconds(1))
        waits.begin(4, nil, until: start + .seconds(2))
        #expect(waits.nextDeadline == start + .seconds(1))
        waits.expire(at: start + .seconds(1))
        #expect(waits.nextDeadline == start + .seconds(2))
    }

    @Test func onlyWhatIsOpenIsPolledFor() {
        var waits = WaitList()
        waits.begin(1, PollTarget(descriptor: 5, interest: .readable), until: nil)
        waits.begin(2, nil, until: nil)
        waits.begin(3, PollTarget(descriptor: 6, interest: .readableOrWritable), until: nil)
        waits.finish(1, .cancelled)
        #expect(requests(of: waits).map(\.fd) == [6])
        #expect(requests(of: waits).map(\.events) == [Int16(POLLIN | POLLOUT)])
        #expect(!waits.isEmpty)
        waits.finish(2, .cancelled)
        waits.finish(3, .cancelled)
        #expect(waits.isEmpty)
    }

    @Test func answerEndsTheWaitsOfItsDescriptorAndDirection() async {
        var waits = WaitList()
        waits.begin(1, PollTarget(descriptor: 5, interest: .readable), until: nil)
        waits.begin(2, PollTarget(descriptor: 5, interest: .writable), until: nil)
        waits.begin(3, PollTarget(descriptor: 6, interest: .readable), until: nil)
        var answers = requests(of: waits)
        // A hang-up was not asked for, and ends the wait all the same.
        answers[1].revents = Int16(POLLHUP)
        waits.finish(answeredBy: answers)
        #expect(requests(of: waits).map(\.fd) == [5, 6])
        #expect(requests(of: waits).map(\.events) == [Int16(POLLIN), Int16(POLLIN)])
        let wake = await withCheckedContinuation { waits.suspend(2, $0) }
        #expect(wake == .ready)
    }

    @Test func whatHappensBeforeTheTaskIsThereIsKept() async {
        var waits = WaitList()
        waits.begin(1, nil, until: start)
        waits.expire(at: start)
        waits.finish(1, .cancelled)
        let wake = await withCheckedContinuation { waits.suspend(1, $0) }
        #expect(wake == .deadline)
    }

    @Test func signalWithNobodyWaitingEndsTheNextWait() async {
        var waits = WaitList()
        waits.wake(-2)
        waits.begin(1, PollTarget(descriptor: -3, interest: .readable), until: nil)
        waits.begin(2, PollTarget(descriptor: -2, interest: .readable), until: nil)
        #expect(requests(of: waits).map(\.fd) == [-3])
        let wake = await withCheckedContinuation { waits.suspend(2, $0) }
        #expect(wake == .woken)
    }

    private func requests(of waits: WaitList) -> [pollfd] {
        var requests: [pollfd] = []
        waits.appendRequests(to: &requests)
        return requests
    }
}
