import Synchronization
import Tokens

/// A provider of keys that answers what it is told to.
final class TestProvider: Sendable {
    struct Down: Error {}

    private struct State {
        var answer: [UInt8]?
        var fetches = 0
    }

    private let state: Mutex<State>

    /// - Parameter answer: the key set; nil to fail.
    init(_ answer: [UInt8]?) { state = Mutex(State(answer: answer)) }

    var fetches: Int { state.withLock { $0.fetches } }

    func answer(_ answer: [UInt8]?) { state.withLock { $0.answer = answer } }

    var source: JWKSSource {
        .fetch { [self] in
            // Lets others ask meanwhile.
            await Task.yield()
            let answer = state.withLock { state in
                state.fetches += 1
                return state.answer
            }
            guard let answer else { throw Down() }
            return JWKSResponse(bytes: answer)
        }
    }
}
