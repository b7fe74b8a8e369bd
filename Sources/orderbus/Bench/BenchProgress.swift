internal import Synchronization

/// The progress of several producers as one bar.
final class BenchProgress: Sendable {
    private struct State {
        var done: [Int: Int] = [:]
        var progress: Progress
    }

    private let state: Mutex<State>

    init(total: Int) {
        state = Mutex(State(progress: Progress(total: total, surface: .terminal)))
    }

    func update(_ connection: Int, _ done: Int) {
        let text = state.withLock { state in
            state.done[connection] = done
            return state.progress.update(done: state.done.values.reduce(0, +))
        }
        if let text { StandardStream.error.write(text) }
    }

    func finish() {
        let text = state.withLock { $0.progress.finish(done: $0.done.values.reduce(0, +)) }
        StandardStream.error.write(text)
    }
}
