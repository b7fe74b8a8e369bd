import OrderTestKit
import Orders

/// Commands of every kind, and faults between them.
struct LedgerPlan: Sendable {
    static let poisonousCustomer = "poison"

    let lanes: Int
    let batchLimit: Int
    let prefetch: Int
    let steps: [Step]

    struct Step: Sendable {
        let entries: [Entry]
        let fault: LedgerFault
    }

    struct Entry: Sendable {
        enum Kind: CaseIterable, Sendable {
            case good, poison, refused, refusedUnheard, undecided

            var isStored: Bool { self == .good || self == .undecided }
            var isBuried: Bool { self == .poison || self == .refusedUnheard }
        }

        let id: String
        /// The idempotency key: several good entries may share one.
        let key: String
        let kind: Kind

        func publish(to queue: InMemoryQueue) {
            switch kind {
            case .good:
                queue.publish([(id, Sample.create(key))])
            case .poison:
                queue.publish([(id, Sample.create(key, customerID: LedgerPlan.poisonousCustomer))])
            case .refused, .refusedUnheard:
                let refusal = Refusal(.validationFailed, "No")
                queue.publish(Sample.context(id, wantsReply: kind == .refused), .refused(refusal, nil))
            case .undecided:
                queue.publish(Sample.context(id), .undecided(reason: "no keys"))
            }
        }
    }

    init(using generator: inout SeededGenerator) {
        lanes = Int.random(in: 1...3, using: &generator)
        batchLimit = Int.random(in: 1...20, using: &generator)
        prefetch = Int.random(in: 1...40, using: &generator)
        var count = 0
        steps = (0..<Int.random(in: 5...25, using: &generator)).map { _ in
            let entries = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                count += 1
                let isGood = Bool.random(using: &generator)
                let kind = isGood ? .good : Entry.Kind.allCases.randomElement(using: &generator) ?? .good
                // Some orders are sent twice, under request ids of their own.
                let number = kind == .good ? Int.random(in: max(1, count - 5)...count, using: &generator) : count
                let key = kind == .good ? "order-\(number)" : "request-\(count)"
                return Entry(id: "request-\(count)", key: key, kind: kind)
            }
            return Step(entries: entries, fault: LedgerFault.allCases.randomElement(using: &generator) ?? .none)
        }
    }
}

/// What goes wrong between two steps.
enum LedgerFault: CaseIterable, Sendable {
    case none, connectionLost, settlingFails, openingFails, storeFails, storeAway, storeBack, unseenCommit, contention
    case repliesLost, lettersLost, postponementsLost, responderAway, responderBack
    case eventsLost, publisherAway, publisherBack, deleteFails, pause

    func strike(_ bench: WorkerBench, using generator: inout SeededGenerator) {
        let intake = bench.intakes.randomElement(using: &generator) ?? bench.intake
        let count = Int.random(in: 1...3, using: &generator)
        switch self {
        case .none: break
        case .connectionLost: intake.loseConnection()
        case .settlingFails: intake.failSettling(count)
        case .openingFails: intake.refuseOpening(count)
        case .storeFails: bench.store.fail(Array(repeating: .unavailable, count: count))
        case .storeAway: bench.store.setAway(true)
        case .storeBack: bench.store.setAway(false)
        case .unseenCommit: bench.store.fail(.unavailableAfterCommit)
        case .contention: bench.store.fail(Array(repeating: .contended, count: count))
        case .repliesLost: bench.responder.loseReplies(count)
        case .lettersLost: bench.responder.loseLetters(count)
        case .postponementsLost: bench.responder.losePostponements(count)
        case .responderAway: bench.responder.setAway(true)
        case .responderBack: bench.responder.setAway(false)
        case .eventsLost: bench.publisher.decide([.lost, .takenUnseen, .unheard, .lost])
        case .publisherAway: bench.publisher.setAway(true)
        case .publisherBack: bench.publisher.setAway(false)
        case .deleteFails: bench.store.failDeletes(count)
        case .pause: bench.laneClock.advance(by: .seconds(Int64.random(in: 1...100, using: &generator)))
        }
    }
}
