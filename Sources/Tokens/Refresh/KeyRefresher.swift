internal import Synchronization

/// Keeps an authenticator's keys fresh, and finds out about keys that are not known.
///
/// Nothing happens until ``run()``, which owns all of it and fetches one set at a time. When to fetch is decided by
/// ``KeyRefreshMachine``.
package actor KeyRefresher {
    private typealias Instant = ContinuousClock.Instant

    private let source: JWKSSource
    private let authenticator: Authenticator
    private let settings: KeyRefreshSettings
    private let report: @Sendable (KeyRefreshEvent) -> Void
    private let shared = Mutex(KeyStatus())

    private var machine: KeyRefreshMachine
    private var file: KeyFile?
    private var isRunning = false
    private var sleeper: CheckedContinuation<Void, Never>?
    private var lastWaiterID: UInt64 = 0
    private var resolutions: [UInt64: (keyID: KeyID, continuation: CheckedContinuation<KeyResolution, Never>)] = [:]
    private var readiness: [UInt64: CheckedContinuation<Void, Never>] = [:]

    /// Makes a refresher that does nothing yet.
    ///
    /// - Parameter settings: where nil, those that suit the source.
    /// - Parameter report: told of each change and failure, on the refresher's executor; must not block.
    package init(
        source: JWKSSource,
        authenticator: Authenticator,
        settings: KeyRefreshSettings? = nil,
        report: @escaping @Sendable (KeyRefreshEvent) -> Void = { _ in }
    ) {
        self.source = source
        self.authenticator = authenticator
        self.report = report
        if case .file(let path) = source {
            self.settings = settings ?? .file
            file = KeyFile(path: path)
        } else {
            self.settings = settings ?? KeyRefreshSettings()
        }
        machine = KeyRefreshMachine(settings: self.settings, now: .now)
    }

    /// How the keys are; from any thread.
    package nonisolated var status: KeyStatus { shared.withLock { $0 } }

    /// Fetches keys whenever it is time, until the task is cancelled.
    package func run() async {
        isRunning = true
        while !Task.isCancelled {
            switch machine.next(now: .now) {
            case .fetch: await refresh()
            case .dropKeys: dropKeys()
            case .sleep(let deadline): await sleep(until: deadline)
            }
        }
        isRunning = false
        for (_, waiter) in resolutions { waiter.continuation.resume(returning: .unavailable) }
        resolutions = [:]
    }

    /// Finds out about a key that a token named and the set had not.
    ///
    /// - Parameter waits: for a fetch that is under way or about to begin; otherwise the answer is `.unavailable` then,
    ///   and the fetch is made all the same.
    /// - Returns: at once where it is known, was lately found absent, or may not be fetched for yet; else after at most
    ///   two fetches. `.unavailable` too when the task is cancelled or ``run()`` is not running.
    package func resolve(unknownKey keyID: KeyID, waits: Bool = true) async -> KeyResolution {
        if isKnown(keyID) { return .nowKnown }
        guard isRunning else { return .unavailable }
        switch machine.unknownKeySeen(keyID, now: .now) {
        case .absent:
            return .absent
        case .unavailable:
            wake()
            return .unavailable
        case .wait:
            wake()
            return waits ? await nextDecision(about: keyID) : .unavailable
        }
    }

    /// Waits for the first good key set; returns at once where there is one.
    ///
    /// - Throws: `CancellationError` when the task is cancelled first.
    package func waitUntilReady() async throws {
        while authenticator.keys == nil {
            try Task.checkCancellation()
            let id = makeWaiterID()
            await withTaskCancellationHandler {
                await withCheckedContinuation { readiness[id] = $0 }
            } onCancel: {
                Task { await self.stopWaiting(id) }
            }
        }
    }

    // MARK: - Fetching

    private func refresh() async {
        do {
            let (keys, maxAge) = try await load()
            use(keys)
            machine.fetchSucceeded(maxAge: maxAge, isKnown: isKnown, now: .now)
            settleResolutions { keyID in
                switch machine.unknownKeySeen(keyID, now: .now) {
                case .absent: .absent
                case .unavailable: .unavailable
                case .wait: nil
                }
            }
        } catch {
            machine.fetchFailed(now: .now)
            noteFailure(String(describing: error))
            settleResolutions { _ in .unavailable }
        }
    }

    /// The keys, or nil where they are still those in use.
    private func load() async throws -> (KeySet?, maxAge: Duration?) {
        switch source {
        case .file:
            return (try file?.readIfChanged(), nil)
        case .fetch(let fetch):
            let response = try await Self.fetch(fetch, within: settings.fetchDeadline)
            return (try KeySet(jwks: response.bytes), response.maxAge)
        }
    }

    private static func fetch(
        _ fetch: @escaping @Sendable () async throws -> JWKSResponse,
        within deadline: Duration
    ) async throws -> JWKSResponse {
        try await withThrowingTaskGroup(of: JWKSResponse.self) { group in
            group.addTask { try await fetch() }
            group.addTask {
                try await Task.sleep(for: deadline)
                throw KeyFetchError.timedOut
            }
            defer { group.cancelAll() }
            guard let response = try await group.next() else { throw CancellationError() }
            return response
        }
    }

    private func use(_ keys: KeySet?) {
        let before = authenticator.keys
        if let keys { authenticator.replaceKeys(keys) }
        let current = keys ?? before
        shared.withLock { status in
            status.isReady = current != nil
            status.keyCount = current?.count ?? 0
            status.skipped = current?.skipped ?? []
            status.lastSuccess = .now
            status.lastError = nil
            status.failures = 0
        }
        if let keys, !(before?.hasSameKeys(as: keys) ?? false) {
            report(.changed(keyCount: keys.count, skipped: keys.skipped))
        }
        for (_, waiter) in readiness { waiter.resume() }
        readiness = [:]
    }

    private func dropKeys() {
        authenticator.replaceKeys(nil)
        file?.forget()
        shared.withLock { status in
            status.isReady = false
            status.keyCount = 0
        }
        report(.dropped)
    }

    private func noteFailure(_ reason: String) {
        let failures = shared.withLock { status in
            status.lastError = reason
            status.failures += 1
            return status.failures
        }
        report(.failed(reason: reason, consecutive: failures))
    }

    private func isKnown(_ keyID: KeyID) -> Bool { authenticator.keys?.contains(keyID) ?? false }

    // MARK: - Waiting

    /// Answers those who wait for a key, where there is an answer.
    private func settleResolutions(_ answer: (KeyID) -> KeyResolution?) {
        for (id, waiter) in resolutions {
            guard let resolution = isKnown(waiter.keyID) ? .nowKnown : answer(waiter.keyID) else { continue }
            resolutions[id] = nil
            waiter.continuation.resume(returning: resolution)
        }
    }

    private func nextDecision(about keyID: KeyID) async -> KeyResolution {
        let id = makeWaiterID()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { resolutions[id] = (keyID, $0) }
        } onCancel: {
            Task { await self.stopWaiting(id) }
        }
    }

    private func stopWaiting(_ id: UInt64) {
        resolutions.removeValue(forKey: id)?.continuation.resume(returning: .unavailable)
        readiness.removeValue(forKey: id)?.resume()
    }

    private func makeWaiterID() -> UInt64 {
        lastWaiterID += 1
        return lastWaiterID
    }

    /// Sleeps until the deadline, ``wake()`` or cancellation, whichever is first.
    private func sleep(until deadline: Instant) async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                try? await Task.sleep(until: deadline, clock: .continuous)
                await self.wake()
            }
            await withCheckedContinuation { sleeper = $0 }
            group.cancelAll()
        }
    }

    private func wake() {
        sleeper?.resume()
        sleeper = nil
    }
}
