internal import Orders

/// Keeps what of a batch can be kept: what the store rejects is found by halving, and tried in its bare form.
struct LetterSieve: Sendable {
    /// What became of a batch, by the letters' places in it.
    struct Sifted {
        /// How many were not in the store before.
        var new = 0
        var bare: [Int: StoreError] = [:]
        var refused: [Int: StoreError] = [:]
    }

    let store: any DeadLetterStore
    let patience: StorePatience

    /// - Returns: `nil` if the task was cancelled first.
    func keep(_ letters: [ArrivedLetter], at time: Timestamp) async -> Sifted? {
        var sifted = Sifted()
        var untried = [letters.indices]
        while let range = untried.popLast() {
            guard let answer = await attempt(Array(letters[range]), at: time) else { return nil }
            switch answer {
            case .success(let count):
                sifted.new += count
            case .failure where range.count > 1:
                let middle = range.lowerBound + range.count / 2
                untried.append(middle..<range.upperBound)
                untried.append(range.lowerBound..<middle)
            case .failure(let error):
                let bare = letters[range.lowerBound].bare(because: error)
                switch await attempt([bare], at: time) {
                case .success(let count)?:
                    sifted.new += count
                    sifted.bare[range.lowerBound] = error
                case .failure?: sifted.refused[range.lowerBound] = error
                case nil: return nil
                }
            }
        }
        return sifted
    }

    private func attempt(_ letters: [ArrivedLetter], at time: Timestamp) async -> Result<Int, StoreError>? {
        let store = store
        return await patience.ask(givingUpOn: .rejected) { () async throws(StoreError) in
            try await store.keep(letters, at: time)
        }
    }
}
