internal import CoreMetrics
internal import Glibc
internal import Metrics
internal import OrderWorker
internal import Orders
internal import Synchronization
package import Telemetry

/// Counts commands and the time of their batches.
package final class CommandCounters: Sendable {
    private struct Key: Hashable {
        let command: CommandName?
        let outcome: Outcome
        let code: ErrorCode?
    }

    private enum Outcome: String {
        case done, replayed, refused, failed, postponed, retried
    }

    private struct LaneMetrics {
        let batchSize: Recorder
        let wait: CoreMetrics.Timer
        let commit: CoreMetrics.Timer
        let answer: CoreMetrics.Timer
    }

    private let factory: PrometheusMetrics
    private let lanes: [String: LaneMetrics]
    private let queueSeconds: Recorder
    private let counters = Mutex<[Key: Counter]>([:])

    package init(lanes: [String], factory: PrometheusMetrics) {
        self.factory = factory
        queueSeconds = Recorder(label: MetricName.queueSeconds, aggregate: true, factory: factory)
        func timer(_ lane: String, _ step: String) -> CoreMetrics.Timer {
            Timer(label: MetricName.stepSeconds, dimensions: [("lane", lane), ("step", step)], factory: factory)
        }
        self.lanes = Dictionary(
            lanes.map { lane in
                let batchSize = Recorder(
                    label: MetricName.batchSize,
                    dimensions: [("lane", lane)],
                    aggregate: true,
                    factory: factory
                )
                return (
                    lane,
                    LaneMetrics(
                        batchSize: batchSize,
                        wait: timer(lane, "wait"),
                        commit: timer(lane, "commit"),
                        answer: timer(lane, "answer")
                    )
                )
            },
            uniquingKeysWith: { first, _ in first }
        )
        startAtZero()
    }

    /// What alerts look for is there before it happens: to Prometheus, a series that begins with a count has not risen.
    private func startAtZero() {
        for code in ErrorCode.allCases where code.isOfWorker { _ = deadLetters(code) }
        for command in CommandName.allCases.map(Optional.some) + [nil] {
            for code in [ErrorCode.internalError, .deliveryLimit] {
                _ = counter(Key(command: command, outcome: .failed, code: code))
            }
        }
    }

    func count(_ batch: BatchReport) {
        if let lane = lanes[batch.lane] {
            lane.batchSize.record(batch.commands.count)
            lane.wait.record(duration: batch.waiting)
            lane.commit.record(duration: batch.committing)
            lane.answer.record(duration: batch.answering)
        }
        let now = time(nil)
        var counts: [Key: Int] = [:]
        for command in batch.commands {
            counts[Self.key(command), default: 0] += 1
            if command.isDeadLetter { countDeadLetter(command) }
            // Zero is what clients send who have nothing to say.
            if let sentAt = command.context.sentAt, let seconds = Int(exactly: sentAt), (1...now).contains(seconds) {
                queueSeconds.record(now - seconds)
            }
        }
        for (key, count) in counts { counter(key).increment(by: count) }
    }

    private static func key(_ command: CommandReport) -> Key {
        let name = CommandName(rawValue: command.context.command)
        let outcome: CommandOutcome
        switch command.ending {
        case .done(let ending): outcome = ending
        case .postponed: return Key(command: name, outcome: .postponed, code: nil)
        case .failed: return Key(command: name, outcome: .retried, code: nil)
        }
        if case .refused(let refusal) = outcome {
            return Key(command: name, outcome: refusal.isOurFault ? .failed : .refused, code: refusal.code)
        }
        return Key(command: name, outcome: outcome.isReplay ? .replayed : .done, code: nil)
    }

    private func counter(_ key: Key) -> Counter {
        counters.withLock { counters in
            if let counter = counters[key] { return counter }
            let counter = Counter(
                label: MetricName.commands,
                dimensions: [
                    // Unknown names are the senders' invention, and would be without number.
                    ("command", key.command?.rawValue ?? "unknown"),
                    ("outcome", key.outcome.rawValue),
                    ("code", key.code?.rawValue ?? ""),
                ],
                factory: factory
            )
            counters[key] = counter
            return counter
        }
    }

    private func countDeadLetter(_ command: CommandReport) {
        guard case .done(let outcome) = command.ending else { return }
        if case .refused(let refusal) = outcome {
            deadLetters(refusal.code).increment()
        } else {
            // A question without a reply-to: it could be answered, and nobody would hear it.
            deadLetters(.validationFailed).increment()
        }
    }

    private func deadLetters(_ code: ErrorCode) -> Counter {
        Counter(label: MetricName.deadLetters, dimensions: [("code", code.rawValue)], factory: factory)
    }
}

extension ErrorCode {
    /// Whether a worker gives it; the others are the HTTP adapter's own.
    fileprivate var isOfWorker: Bool {
        switch self {
        case .rateLimited, .serviceUnavailable, .replyTimeout: false
        case .validationFailed, .malformedMessage, .unsupportedCommand, .idempotencyKeyRequired, .unauthorized,
            .invalidToken, .insufficientScope, .orderNotFound, .idempotencyKeyReused, .orderStateConflict,
            .preconditionFailed, .payloadTooLarge, .internalError, .deliveryLimit:
            true
        }
    }
}
