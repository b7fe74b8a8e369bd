internal import JSON

/// Watches a replay until it rests, or the user goes away: then it goes on without.
struct ReplayWatch {
    let client: ConsoleClient
    let console: ConsoleOptions

    /// - Returns: the replay as it was last seen; printed too.
    func watch(_ first: ReplayState) async throws -> ReplayState {
        Interruption.listen()
        let path = ConsoleEndpoint.path(["v1", "dead", "replays", first.id])
        var (state, answer) = (first, try await client.get(path))
        var bar = ProgressBar(total: first.total)
        while true {
            guard let seen = ReplayState(try client.parsed(answer, of: path).root) else {
                throw ConsoleError(.unreadable("it is no replay"), request: "GET \(path)", base: client.endpoint.base)
            }
            state = seen
            if state.isAtRest || Interruption.isRequested { break }
            bar.update(done: state.succeeded + state.failed, failed: state.failed)
            try await Task.sleep(for: .milliseconds(500))
            answer = try await client.get(path)
        }
        bar.finish(done: state.succeeded + state.failed, failed: state.failed)
        console.show(answer) { state.summary }
        if !state.isAtRest {
            StandardStream.error.write(
                "the replay goes on; watch it again with orderbus dead jobs \(state.id) --wait\n"
            )
        }
        return state
    }
}
