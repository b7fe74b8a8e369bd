internal import Logging
internal import OrderWorker
internal import Orders
internal import Telemetry

/// One line a command: who asked for what, and what became of it.
///
/// Never a token, never a body.
struct CommandLog: Sendable {
    private let sink: LogSink

    init(sink: LogSink) {
        self.sink = sink
    }

    func write(_ batch: BatchReport) {
        let duration = batch.waiting + batch.committing + batch.answering
        for command in batch.commands {
            switch command.ending {
            case .done(let outcome):
                let refusal: Refusal? = if case .refused(let refusal) = outcome { refusal } else { nil }
                let isOurFault = refusal?.isOurFault == true
                sink.record(isOurFault ? .error : .info, "command finished", logger: "worker") { line in
                    appendSender(of: command, to: &line)
                    line.field("status", outcome.status)
                    if let refusal {
                        line.field("code", refusal.code.rawValue)
                        line.field("reason", refusal.message)
                    }
                    if outcome.isReplay { line.field("replayed", true) }
                    if command.isDeadLetter { line.field("dead_letter", true) }
                    line.field("duration_ms", milliseconds: duration)
                }
            case .postponed(let reason):
                sink.record(.notice, "command postponed", logger: "worker") { line in
                    appendSender(of: command, to: &line)
                    line.field("reason", reason)
                }
            case .failed(let attempt, let delay, let reason):
                sink.record(.warning, "command failed and comes again", logger: "worker") { line in
                    appendSender(of: command, to: &line)
                    line.field("attempt", attempt)
                    line.field("again_in", delay.label)
                    line.field("reason", reason)
                }
            }
        }
    }

    private func appendSender(of command: CommandReport, to line: inout LogText) {
        line.field("command", command.context.command)
        line.field("request_id", command.context.requestID)
        if let caller = command.caller {
            line.field("tenant", caller.tenant)
            line.field("client_id", caller.clientID)
            if let replay = caller.replay { append(replay, to: &line) }
        }
        if let orderID = command.orderID { line.field("order_id", orderID.description) }
        if let traceparent = command.context.traceparent { line.field("traceparent", traceparent) }
    }

    /// The operator by whose authority the command ran in the sender's name.
    private func append(_ replay: Replay, to line: inout LogText) {
        line.field("replayed_by_tenant", replay.operatorTenant)
        line.field("replayed_by_client", replay.operatorClient)
        if let subject = replay.operatorSubject { line.field("replayed_by_subject", subject) }
        if let replayID = replay.replayID { line.field("replay_id", replayID) }
        if let deadLetterID = replay.deadLetterID { line.field("dead_letter_id", deadLetterID) }
    }
}

extension RetryDelay {
    fileprivate var label: String {
        switch self {
        case .fiveSeconds: "5s"
        case .thirtySeconds: "30s"
        case .fiveMinutes: "5m"
        }
    }
}
