internal import Orders

/// Asks the store again until it answers: an outage of ours is nobody's failure.
struct StorePatience: Sendable {
    let clock: RecoveryClock
    let observer: any RecoveryObserver

    private static let first = Duration.milliseconds(100)
    private static let most = Duration.seconds(5)

    /// - Returns: the answer, or `nil` if the task was cancelled first.
    func ask<Value: Sendable>(
        _ question: @Sendable () async throws(StoreError) -> Value
    ) async -> Value? {
        var pause = Self.first
        while !Task.isCancelled {
            do {
                return try await question()
            } catch {
                observer.storeFailed(error, retryAfter: pause)
            }
            await clock.sleep(pause)
            pause = min(pause * 2, Self.most)
        }
        return nil
    }
}
