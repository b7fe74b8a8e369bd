import Testing

@testable import OrderMessaging

@Suite(.timeLimit(.minutes(1))) struct SubmissionsTests {
    private let submissions = Submissions()

    /// Submits, gives the submissions to the closure, and says what became of it.
    private func submitted(_ id: UInt64, _ body: () -> Void) async -> ExchangeOutcome {
        await withCheckedContinuation { continuation in
            let submission = Submission(
                id: id,
                make: { _, _, _ in nil },
                wait: .zero,
                patience: .seconds(1),
                isQuestion: false,
                continuation: continuation
            )
            if !submissions.append(submission) { continuation.resume(returning: .notConnected) }
            body()
        }
    }

    private func end(_ submission: Submission?, _ exchange: ExchangeOutcome) {
        submission?.continuation.resume(returning: exchange)
    }

    @Test func nothingIsTakenBeforeTheBeginningOrAfterTheEnd() async {
        #expect(await submitted(1) {} == .notConnected)
        submissions.open()
        let exchange = await submitted(2) {
            for submission in submissions.close() { end(submission, .unsent) }
        }
        #expect(exchange == .unsent)
        #expect(await submitted(3) {} == .notConnected)
    }

    @Test func submissionWakesTheReader() async {
        submissions.open()
        var arrivals = submissions.arrivals.makeAsyncIterator()
        async let exchanges = [submitted(1) {}, submitted(2) {}]
        var fetched: [UInt64] = []
        while fetched.count < 2 {
            await arrivals.next()
            for submission in submissions.takeAll() {
                fetched.append(submission.id)
                end(submission, .confirmed)
            }
        }
        #expect(await exchanges == [.confirmed, .confirmed])
        #expect(fetched == [1, 2])
    }

    @Test func oneThatWasNotFetchedCanBeTakenBack() async {
        submissions.open()
        let exchange = await submitted(7) {
            end(submissions.remove(8), .nacked)
            end(submissions.remove(7), .unsent)
        }
        #expect(exchange == .unsent)
        #expect(submissions.takeAll().isEmpty)
    }
}
