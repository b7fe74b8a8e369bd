import Synchronization
import Testing
import Tokens

@Suite(.timeLimit(.minutes(3))) struct KeyRefresherTests {
    private let authenticator = Authenticator(policy: TestIssuer.policy)

    @Test func keysArriveAndTheStatusSaysSo() async throws {
        let provider = TestProvider(try TestIssuer().signer.publicJWKS())
        try await withRefresher(provider.source) { refresher in
            try await refresher.waitUntilReady()
            #expect(refresher.status.isReady)
            #expect(refresher.status.keyCount == 1)
            #expect(refresher.status.lastError == nil)
            #expect(try #require(refresher.status.age()) < .seconds(60))
            try await refresher.waitUntilReady()
        }
    }

    @Test func beforeTheFirstKeysItIsNotReadyAndSaysWhy() async throws {
        let provider = TestProvider(nil)
        let events = EventLog()
        try await withRefresher(provider.source, report: events.report) { refresher in
            await events.first { if case .failed = $0 { true } else { false } }
            #expect(!refresher.status.isReady)
            #expect(refresher.status.lastError == "Down()")
            #expect(refresher.status.age() == nil)
            #expect(authenticator.keys == nil)
        }
    }

    @Test func aNewKeyIsFetchedWhenATokenNamesIt() async throws {
        let (old, new) = (try TestIssuer(keyID: "old"), try TestIssuer(keyID: "new"))
        let provider = TestProvider(try old.signer.publicJWKS())
        try await withRefresher(provider.source) { refresher in
            try await refresher.waitUntilReady()
            #expect(await refresher.resolve(unknownKey: KeyID("old")) == .nowKnown)
            provider.answer(try new.signer.publicJWKS())
            let token = try new.token()
            #expect(authenticator.authenticate(token[...], now: TestIssuer.now) == .unknownKey(KeyID("new")))
            #expect(await refresher.resolve(unknownKey: KeyID("new")) == .nowKnown)
            #expect(authenticator.authenticate(token[...], now: TestIssuer.now) == new.verify(token))
            #expect(provider.fetches == 2)
            // What was removed is gone at once.
            let retired = try old.token()
            #expect(authenticator.authenticate(retired[...], now: TestIssuer.now) == .unknownKey(KeyID("old")))
        }
    }

    @Test func manyWhoAskForOneKeyCauseOneFetch() async throws {
        let (old, new) = (try TestIssuer(keyID: "old"), try TestIssuer(keyID: "new"))
        let provider = TestProvider(try old.signer.publicJWKS())
        try await withRefresher(provider.source) { refresher in
            try await refresher.waitUntilReady()
            provider.answer(try new.signer.publicJWKS())
            await withTaskGroup(of: KeyResolution.self) { group in
                for _ in 0..<100 { group.addTask { await refresher.resolve(unknownKey: KeyID("new")) } }
                for await resolution in group { #expect(resolution == .nowKnown) }
            }
            #expect(provider.fetches <= 3)
        }
    }

    @Test func aKeyThatNobodyHasIsAbsentAndNotAskedForAgain() async throws {
        let provider = TestProvider(try TestIssuer().signer.publicJWKS())
        try await withRefresher(provider.source) { refresher in
            try await refresher.waitUntilReady()
            #expect(await refresher.resolve(unknownKey: KeyID("nobody's")) == .absent)
            let fetches = provider.fetches
            for _ in 0..<100 { #expect(await refresher.resolve(unknownKey: KeyID("nobody's")) == .absent) }
            #expect(provider.fetches == fetches)
        }
    }

    @Test func aFileThatComesBackUnchangedIsUsedAgain() async throws {
        let issuer = try TestIssuer()
        let file = try TestFile(try issuer.signer.publicJWKS())
        defer { file.remove() }
        let events = EventLog()
        let authenticator = authenticator
        // Looked at when it is told: so soon after, the keys are too old again.
        let used = Mutex<[Bool]>([])
        let report = events.report
        var settings = KeyRefreshSettings.file
        settings.maximumStaleness = .milliseconds(20)
        let source = JWKSSource.file(path: file.path)
        try await withRefresher(source, settings: settings) { event in
            if case .changed = event {
                used.withLock { $0.append(authenticator.keys?.contains(KeyID("key-1")) == true) }
            }
            report(event)
        } _: { _ in
            await events.first { if case .dropped = $0 { true } else { false } }
            await events.first { if case .changed = $0 { true } else { false } }
            #expect(used.withLock { $0.prefix(2) } == [true, true])
        }
    }

    @Test func aFloodOfInventedKeysIsHeldToTheAllowance() async throws {
        let provider = TestProvider(try TestIssuer().signer.publicJWKS())
        try await withRefresher(provider.source) { refresher in
            try await refresher.waitUntilReady()
            await withTaskGroup(of: KeyResolution.self) { group in
                for number in 0..<2000 { group.addTask { await refresher.resolve(unknownKey: KeyID("\(number)")) } }
                for await resolution in group { #expect(resolution != .nowKnown) }
            }
            #expect(provider.fetches <= 1 + 5 + 1)
        }
    }

    @Test(arguments: [nil, "{\"keys\":[]}", "<html>", "{\"keys\":[{\"kty\":\"oct\"}]}"])
    func theLastGoodKeysOutliveABadAnswer(_ answer: String?) async throws {
        let issuer = try TestIssuer()
        let provider = TestProvider(try issuer.signer.publicJWKS())
        try await withRefresher(provider.source) { refresher in
            try await refresher.waitUntilReady()
            provider.answer(answer.map { Array($0.utf8) })
            #expect(await refresher.resolve(unknownKey: KeyID("new")) == .unavailable)
            let token = try issuer.token()
            #expect(authenticator.authenticate(token[...], now: TestIssuer.now) == issuer.verify(token))
            #expect(refresher.status.isReady)
            #expect(refresher.status.failures >= 1)
            #expect(refresher.status.lastError != nil)
        }
    }

    @Test func keysThatAreTooOldAreGivenUp() async throws {
        let provider = TestProvider(try TestIssuer().signer.publicJWKS())
        let events = EventLog()
        var settings = KeyRefreshSettings()
        settings.maximumStaleness = .milliseconds(20)
        try await withRefresher(provider.source, settings: settings, report: events.report) { refresher in
            await events.first { if case .dropped = $0 { true } else { false } }
            #expect(!refresher.status.isReady)
            #expect(authenticator.keys == nil)
        }
    }

    @Test func aFetchThatHangsIsGivenUp() async throws {
        let events = EventLog()
        var settings = KeyRefreshSettings()
        settings.fetchDeadline = .milliseconds(10)
        let hanging = JWKSSource.fetch {
            try await Task.sleep(for: .seconds(3600))
            return JWKSResponse(bytes: [])
        }
        try await withRefresher(hanging, settings: settings, report: events.report) { refresher in
            await events.first { if case .failed = $0 { true } else { false } }
            #expect(refresher.status.lastError == "fetching the key set took too long")
        }
    }

    @Test func nobodyIsLeftWaitingWhenItStops() async throws {
        let provider = TestProvider(nil)
        let refresher = KeyRefresher(source: provider.source, authenticator: authenticator)
        #expect(await refresher.resolve(unknownKey: KeyID("a")) == .unavailable)
        let waiting = Task { try await refresher.waitUntilReady() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        let run = Task { await refresher.run() }
        let asking = Task { await refresher.resolve(unknownKey: KeyID("a")) }
        run.cancel()
        await run.value
        #expect(await asking.value == .unavailable)
    }

    @Test func aFileIsReadAgainWhenItChanges() async throws {
        let (old, new) = (try TestIssuer(keyID: "old"), try TestIssuer(keyID: "new"))
        let file = try TestFile(try old.signer.publicJWKS())
        defer { file.remove() }
        let events = EventLog()
        try await withRefresher(.file(path: file.path), report: events.report) { refresher in
            try await refresher.waitUntilReady()
            try file.write(try new.signer.publicJWKS())
            #expect(await refresher.resolve(unknownKey: KeyID("new")) == .nowKnown)
            try file.write(Array("half a fi".utf8))
            await events.first { if case .failed = $0 { true } else { false } }
            #expect(refresher.status.isReady)
            #expect(authenticator.keys?.contains(KeyID("new")) == true)
            file.remove()
            #expect(await refresher.resolve(unknownKey: KeyID("third")) == .unavailable)
            #expect(refresher.status.lastError == "cannot read the key set in \(file.path): No such file or directory")
        }
    }

    private func withRefresher(
        _ source: JWKSSource,
        settings: KeyRefreshSettings? = nil,
        report: @escaping @Sendable (KeyRefreshEvent) -> Void = { _ in },
        _ body: (KeyRefresher) async throws -> Void
    ) async throws {
        let refresher = KeyRefresher(source: source, authenticator: authenticator, settings: settings, report: report)
        let run = Task { await refresher.run() }
        defer { run.cancel() }
        try await body(refresher)
    }
}
