import OrderTestKit
import OrderWorker
import Orders
import Testing

@Suite(.timeLimit(.minutes(3))) struct LaneRefusalTests {
    private static let refusal = Refusal(.validationFailed, "The order breaks the rules listed in details")

    private static func publishRefused(_ id: String, to bench: WorkerBench, wantsReply: Bool = true) {
        bench.queue.publish(Sample.context(id, wantsReply: wantsReply), .refused(refusal, Sample.caller()))
    }

    @Test func refusalIsAnsweredAndNotBuried() async throws {
        let bench = WorkerBench()
        try await bench.run { bench in
            Self.publishRefused("refused", to: bench)
            await bench.queue.waitUntilSettled(1)
        }
        #expect(bench.responder.record.confirmedReplies.map(\.outcome) == [.refused(Self.refusal)])
        #expect(bench.responder.record.letters.isEmpty)
        #expect(bench.store.log.batchSizes.isEmpty, "the store was not troubled")
    }

    @Test func refusalWithoutReplyToIsBuried() async throws {
        let bench = WorkerBench()
        try await bench.run { bench in
            Self.publishRefused("refused", to: bench, wantsReply: false)
            await bench.queue.waitUntilSettled(1)
        }
        let letter = try #require(bench.responder.record.letters.first)
        #expect(letter.refusal == Self.refusal)
        #expect(letter.caller == Sample.caller())
        #expect(bench.responder.record.confirmedReplies.isEmpty)
        #expect(bench.observer.commands.map(\.isDeadLetter) == [true])
    }

    @Test func refusalThatCannotBeDeliveredIsBuriedAndReportedSo() async throws {
        let bench = WorkerBench()
        bench.responder.removeAddress("replies")
        try await bench.run { bench in
            Self.publishRefused("refused", to: bench)
            await bench.queue.waitUntilSettled(1)
        }
        #expect(bench.responder.record.letters.map(\.command.context.requestID) == ["refused"])
        #expect(bench.observer.commands.map(\.isDeadLetter) == [true])
    }

    @Test func storesRefusalIsAnsweredToo() async throws {
        let bench = WorkerBench()
        try await bench.run { bench in
            bench.queue.publish([
                ("first", Sample.create("same")), ("second", Sample.create("same", total: "1.00")),
            ])
            await bench.queue.waitUntilSettled(2)
        }
        #expect(bench.responder.record.replies.map(\.context.requestID) == ["first"])
        #expect(bench.responder.record.confirmedReplies.map(\.outcome) == [.refused(.keyReused)])
    }

    @Test func questionWithoutReplyToIsBuried() async throws {
        let bench = WorkerBench()
        try await bench.run { bench in
            bench.publishCreates(["order"])
            await bench.queue.waitUntilSettled(1)
            let question = Command.get(GetOrder(orderID: Sample.orderID("order")))
            bench.queue.publish([("question", question)], wantsReply: false)
            await bench.queue.waitUntilSettled(2)
        }
        let letter = try #require(bench.responder.record.letters.first)
        #expect(letter.refusal.details.map(\.field) == ["reply-to"])
    }

    @Test func poisonHurtsOnlyItself() async throws {
        let bench = WorkerBench()
        bench.store.reject(customerID: "poison")
        bench.store.hold()
        try await bench.run { bench in
            bench.publishCreates(["warm-up"])
            await bench.store.waitUntilHeld()
            let poisoned = [17, 18, 99]
            bench.queue.publish(
                (0..<100).map { number in
                    let customerID = poisoned.contains(number) ? "poison" : "good"
                    return ("order-\(number)", Sample.create("order-\(number)", customerID: customerID))
                }
            )
            await bench.queue.waitForRecord { $0.delivered.count == 101 }
            bench.store.release()
            await bench.queue.waitUntilSettled(101)
        }
        let record = bench.responder.record
        #expect(record.letters.map(\.command.context.requestID) == ["order-17", "order-18", "order-99"])
        #expect(record.letters.allSatisfy { $0.refusal.code == .internalError })
        #expect(bench.store.orderIDs.count == 98)
        let answered = record.replies.filter { $0.outcome.status == 201 }
        #expect(answered.count == 98)
        let told = record.replies.filter { $0.outcome.status == 500 }
        #expect(told.map(\.context.requestID) == ["order-17", "order-18", "order-99"], "our faults are told")
        #expect(
            told.allSatisfy { reply in
                if case .refused(let refusal) = reply.outcome { !refusal.message.contains("22021") } else { false }
            }
        )
        #expect(bench.queue.record.settlements == [1, 100])
    }

    /// Else a letter that fails again would forget why, and leave its group for one that says nothing.
    @Test func operatorWhoReplaysIsToldWhatWentWrong() async throws {
        let producer = Sample.caller()
        let replayed = Caller(
            tenant: producer.tenant,
            clientID: producer.clientID,
            subject: producer.subject,
            scopes: producer.scopes,
            replay: Replay(by: Sample.caller(clientID: "ops"), replayID: nil, deadLetterID: nil)
        )
        let bench = WorkerBench()
        bench.store.reject(customerID: "poison")
        try await bench.run { bench in
            bench.queue.publish([("replayed", Sample.create("bad", customerID: "poison"))], caller: replayed)
            await bench.queue.waitUntilSettled(1)
        }
        let letter = try #require(bench.responder.record.letters.first)
        #expect(letter.refusal.message.contains("22021"))
        #expect(bench.responder.record.replies.map(\.outcome) == [.refused(letter.refusal)])
    }

    /// A bench that has settled one refusal, of whose replies some were lost.
    private static func refusing(losingReplies count: Int) async throws -> WorkerBench {
        let bench = WorkerBench()
        bench.responder.loseReplies(count)
        try await bench.run { bench in
            publishRefused("refused", to: bench)
            await bench.responder.waitForRecord { $0.tries == 1 }
            #expect(bench.queue.record.settled.isEmpty)
            await bench.laneClock.advanceToNextSleeper()
            await bench.queue.waitUntilSettled(1)
        }
        return bench
    }

    @Test func unknownRepliesAreTriedAgainBeforeAnythingIsSettled() async throws {
        let bench = try await Self.refusing(losingReplies: 1)
        #expect(bench.responder.record.confirmedReplies.count == 1)
        #expect(bench.responder.record.letters.isEmpty)
    }

    /// Symptom: one reply that the broker never confirmed kept its lane from answering anybody for twenty minutes.
    @Test func aReplyThatIsLostTwiceBecomesADeadLetter() async throws {
        let bench = try await Self.refusing(losingReplies: 2)
        #expect(bench.responder.record.confirmedReplies.isEmpty)
        #expect(bench.responder.record.letters.map(\.command.context.requestID) == ["refused"])
    }

    @Test func aBrokerThatIsAwayBuriesNobody() async throws {
        let bench = WorkerBench()
        bench.responder.setAway(true)
        try await bench.run { bench in
            Self.publishRefused("refused", to: bench)
            for tries in 1...5 {
                await bench.responder.waitForRecord { $0.tries == tries }
                await bench.laneClock.advanceToNextSleeper()
            }
            bench.responder.setAway(false)
            await bench.laneClock.hurry { await bench.queue.waitUntilSettled(1) }
        }
        #expect(bench.responder.record.confirmedReplies.count == 1)
        #expect(bench.responder.record.letters.isEmpty)
    }

    /// Symptom: while one refusal waited for the broker, thousands of the largest orders were stored and kept in hand.
    @Test func whatWaitsToBeAnsweredIsBoundedInBytes() async throws {
        let bench = WorkerBench()
        bench.responder.setAway(true)
        let large = (0..<12).map { "large-\($0)" }
        try await bench.run { bench in
            Self.publishRefused("refused", to: bench)
            await bench.responder.waitForRecord { $0.tries == 1 }
            for (index, name) in large.enumerated() {
                bench.queue.publish([(name, Sample.create(name))], byteCount: 1 << 20)
                if index < 8 { await bench.queue.waitForRecord { $0.delivered.count == index + 2 } }
            }
            for _ in 0..<1000 { await Task.yield() }
            #expect(bench.queue.record.delivered.count == 9)
            bench.responder.setAway(false)
            await bench.laneClock.hurry { await bench.queue.waitUntilSettled(13) }
        }
        #expect(bench.queue.record.settled == ["refused"] + large)
    }

    @Test func onlyWhatIsNotSafeIsTriedAgain() async throws {
        let bench = WorkerBench()
        bench.responder.loseLetters(2)
        bench.store.hold()
        try await bench.run { bench in
            bench.publishCreates(["warm-up"])
            await bench.store.waitUntilHeld()
            for number in 0..<5 { Self.publishRefused("refused-\(number)", to: bench, wantsReply: false) }
            bench.store.release()
            await bench.laneClock.hurry { await bench.queue.waitUntilSettled(6) }
        }
        let buried = bench.responder.record.letters.map(\.command.context.requestID)
        #expect(buried.sorted() == (0..<5).map { "refused-\($0)" })
    }

    @Test func postponedCommandsComeAgain() async throws {
        let bench = WorkerBench()
        bench.responder.losePostponements(1)
        try await bench.run { bench in
            bench.queue.publish(Sample.context("undecided"), .undecided(reason: "no keys"))
            await bench.responder.waitForRecord { $0.tries == 1 }
            #expect(bench.queue.record.settled.isEmpty)
            await bench.laneClock.advanceToNextSleeper()
            await bench.queue.waitUntilSettled(2)
        }
        #expect(bench.store.orderIDs == [Sample.orderID("undecided")])
        #expect(bench.responder.record.letters.isEmpty)
        #expect(bench.responder.record.replies.map(\.outcome.status) == [201])
    }
}
