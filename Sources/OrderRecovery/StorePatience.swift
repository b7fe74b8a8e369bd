internal import Orders

/// Asks the store again until it answers: an outage of ours is nobody's failure.
struct StorePatience: Sendable {
    let clock: ServiceClock
    let observer: any RecoveryObserver

    private static let first = Duration.milliseconds(100)
    private static let most = Duration.seconds(5)

    /// - Returns: the answer, or `nil` if the task was cancelled first.
    func ask<Value: Sendable>(
        _ question: @Sendable () async throws(StoreError) -> Value
    ) async -> Value? {
        guard case .success(let value)? = await ask(givingUpOn: nil, question) else { return nil }
        return value
    }

    /// Asks until the store answers, or says what will never change.
    ///
    /// - Parameter hopeless: the kind of error after which asking again cannot help.
    /// - Returns: the answer or that error; `nil` if the task was cancelled first.
    func ask<Value: Sendable>(
        givingUpOn hopeless: StoreError.Kind?,
        _ question: @Sendable () async throws(StoreError) -> Value
    ) async -> Result<Value, StoreError>? {
        var pause = Self.first
        while !Task.isCancelled {
            do {
                return .success(try await question())
            } catch {
                if error.kind == hopeless { return .failure(error) }
                observer.storeFailed(error, retryAfter: pause)
            }
            await clock.sleep(pause)
            pause = min(pause * 2, Self.most)
        }
        return nil
    }
}
