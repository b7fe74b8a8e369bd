internal import Orders

/// The way of one message to its result.
struct ReplayDelivery: Sendable {
    private let item: ReplayItem
    private let authorization: String
    private let parts: RunnerParts

    private static let outagePause = Duration.seconds(1)

    init(_ item: ReplayItem, authorization: String, _ parts: RunnerParts) {
        self.item = item
        self.authorization = authorization
        self.parts = parts
    }

    /// Sends the message until it has a result; an outage of ours is waited out.
    func send(for job: ReplayJob) async -> JobRun.Event {
        guard item.entry.caller != nil || job.destination != .origin else {
            return .ended(item, .notSent(reason: "nobody knows in whose name: the token was never verified"))
        }
        if item.message.isBodyMissing {
            return .ended(item, .notSent(reason: "the body was too long to be kept"))
        }
        let command = ReplayCommand(
            item: item,
            job: job.id,
            destination: job.destination,
            caller: item.entry.caller,
            authorization: authorization
        )
        var sends = 0
        while !Task.isCancelled {
            // Not `<<`: the settings bound the number of sends, but not to what a shift can bear.
            let wait = (0..<min(sends, 10)).reduce(parts.settings.replyWait) { wait, _ in wait * 2 }
            switch await parts.sender.send(command, waitingFor: wait) {
            case .ended(let result, let note):
                return .ended(item, judged(result), note: note)
            case .unanswered:
                sends += 1
                if sends >= parts.settings.sendLimit { return .ended(item, .unanswered) }
            case .unavailable:
                await parts.sender.waitUntilAvailable()
                await parts.clock.sleep(Self.outagePause)
            }
        }
        return .abandoned
    }

    /// A token that was refused is the operator's trouble, and says nothing of the letter.
    private func judged(_ result: ReplayResult) -> ReplayResult {
        guard case .refused(let status, let code, let message) = result,
            status == 401 || status == 403 && !lacksScope
        else { return result }
        return .notSent(reason: "\(code): \(message)")
    }

    /// Whether no operator's token can help: the command runs with the scopes of its first sender.
    private var lacksScope: Bool {
        guard let caller = item.entry.caller, let scope = CommandName(rawValue: item.entry.command)?.requiredScope
        else { return false }
        return !caller.scopes.contains(scope.rawValue)
    }
}
