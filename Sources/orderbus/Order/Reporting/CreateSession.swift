internal import Synchronization

/// What a run of `order create` shows while it goes on and when it ends.
final class CreateSession: Sendable {
    private struct State: ~Copyable {
        var report: CreateReport
        var bar: ProgressBar?
        let failures: FailureFiles
        /// How many reasons were shown already.
        var shown = 0
    }

    /// How many reasons are shown while it goes on; all of them are in the file.
    private static let shownLimit = 10

    private let state: Mutex<State>
    private let start = ContinuousClock.now

    /// - Parameter total: how many orders there are, where it is known.
    init(output: OutputFormat, total: Int?, failures: sending FailureFiles, token: SenderToken) {
        let claim = Settings.environment[Setting.tenantClaim.name].flatMap { $0.isEmpty ? nil : $0 } ?? "tenant"
        let report = CreateReport(format: output) { token.orderID(forKey: $0, tenantClaim: claim) }
        let bar = total == 1 || !StandardStream.error.isTerminal ? nil : ProgressBar(total: total)
        state = Mutex(State(report: report, bar: bar, failures: failures))
    }

    /// Shows what became of one order.
    func add(_ result: OrderResult) {
        state.withLock { state in
            if let text = state.report.add(result) { StandardStream.output.write(text) }
            state.failures.add(result)
            if let trouble = state.failures.trouble, state.failures.unwritten == 1, result.failure != nil {
                Self.show(trouble.explanation.text(isColoured: StandardStream.error.isTerminal), over: state.bar)
            }
            if let failure = result.failure { Self.show(failure, of: result, &state) }
            state.bar?.update(done: state.report.total, failed: state.report.failed)
        }
    }

    /// Shows the end, and ends the program with 1 or 3 where orders failed, and with 2 where there were none.
    func end() throws {
        let seconds = start.duration(to: .now) / .seconds(1)
        let status: ExitStatus = try state.withLock { state in
            guard state.report.total > 0 || Interruption.hasCutInput else { throw Self.noOrders }
            state.failures.finish()
            state.bar?.finish(done: state.report.total, failed: state.report.failed)
            StandardStream.output.write(state.report.total == 0 ? "" : state.report.ending(seconds: seconds))
            StandardStream.error.write(FailureText.text(of: state.failures))
            guard Interruption.hasCutInput else { return state.report.status }
            StandardStream.error.write("stopped before the end of the input\n")
            return state.report.done == 0 ? .failed : .partlyDone
        }
        if status != .done { throw status.exit }
    }

    /// Nothing was tried, and a file that was meant to hold orders may be the wrong one.
    private static let noOrders = ExplainedError(
        what: "there is no order in the input",
        advice: "name a file that has orders, or pipe them in: one JSON object, or an order a line",
        status: .wrongUsage
    )

    private static func show(_ failure: CommandFailure, of result: OrderResult, _ state: inout State) {
        let isKept = state.failures.trouble == nil
        guard state.shown < shownLimit || !isKept else { return }
        state.shown += 1
        let request = failure.requestID.map { " [request \($0)]" } ?? ""
        show(TerminalText.safe("\(result.line.place): \(failure.line)\(request)") + "\n", over: state.bar)
        if state.shown == shownLimit, isKept { StandardStream.error.write("further failures are only written down\n") }
    }

    private static func show(_ text: String, over bar: ProgressBar?) {
        StandardStream.error.write((bar == nil ? "" : "\r\u{1B}[K") + text)
    }
}
