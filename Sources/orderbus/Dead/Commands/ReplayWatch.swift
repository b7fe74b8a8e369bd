internal import JSON

/// Watches a replay until it rests, or the user goes away: then it goes on without.
struct ReplayWatch {
    let client: ConsoleClient
    let console: ConsoleOptions

    /// - Returns: the replay as it was last seen; printed too.
    func watch(_ first: ReplayState) async throws -> ReplayState {
        Interruption.listen()
        let path = ConsoleEndpoint.path(["v1", "dead", "replays", first.id])
        var (state, answer) = (first, try await self.answer(path, of: first))
        var bar = ProgressBar(total: first.total)
        var remark: String?
        while true {
            guard let seen = ReplayState(try client.parsed(answer, of: path).root) else {
                throw ConsoleError(.unreadable("it is no replay"), request: "GET \(path)", base: client.endpoint.base)
            }
            state = seen
            if state.isAtRest || Interruption.isRequested { break }
            bar.update(done: state.succeeded + state.failed, failed: state.failed)
            if let new = state.remark, new != remark { bar.say("the replay \(TerminalText.safe(new))") }
            remark = state.remark
            try await Task.sleep(for: .milliseconds(500))
            answer = try await self.answer(path, of: state)
        }
        bar.finish(done: state.succeeded + state.failed, failed: state.failed)
        console.show(answer) { state.summary }
        if !state.isAtRest {
            Self.sayThatItGoesOn(state)
        }
        return state
    }

    /// Asks the console, some times over: the replay does not end because one answer did not come.
    private func answer(_ path: String, of state: ReplayState) async throws -> [UInt8] {
        var patience = WatchPatience()
        while true {
            do {
                return try await client.get(path)
            } catch let error as ConsoleError {
                guard patience.failed(error), !Interruption.isRequested else {
                    Self.sayThatItGoesOn(state)
                    throw error
                }
                try await Task.sleep(for: WatchPatience.pause)
            }
        }
    }

    private static func sayThatItGoesOn(_ state: ReplayState) {
        StandardStream.error.write(
            "the replay goes on; watch it again with orderbus dead jobs \(TerminalText.safe(state.id)) --wait\n"
        )
    }
}
