import OrderRecovery
import OrderTestKit
import Orders

/// A source whose connection breaks in the moment in which something is to be acknowledged, a few times.
struct FragileSource: DeadLetterSource {
    private let source: any DeadLetterSource
    private let failed = Watched(0)
    private let limit: Int

    init(_ source: any DeadLetterSource, failures: Int) {
        self.source = source
        limit = failures
    }

    /// How often it has broken.
    var failures: Int { failed.current }

    func open() async throws(IntakeError) { try await source.open() }

    func receive(atMost limit: Int) async throws(IntakeError) -> [LetterDelivery] {
        try await source.receive(atMost: limit)
    }

    func settle(through mark: DeliveryMark) async throws(IntakeError) {
        let limit = limit
        let breaks = failed.change { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        if breaks {
            await source.close()
            throw IntakeError("The connection broke")
        }
        try await source.settle(through: mark)
    }

    func settle(_ marks: [DeliveryMark]) async throws(IntakeError) { try await source.settle(marks) }

    func handBack(_ marks: [DeliveryMark]) async throws(IntakeError) { try await source.handBack(marks) }

    func stopReceiving() async { await source.stopReceiving() }

    func close() async { await source.close() }
}

/// Counts what was kept and acknowledged.
final class CountingObserver: RecoveryObserver {
    private let kept = Watched(0)

    func kept(_ count: Int, new: Int) {
        kept.change { $0 += count }
    }

    func waitUntilKept(_ count: Int) async {
        await kept.wait { $0 >= count ? () : nil }
    }
}

/// Knows nobody.
struct NobodysAuthenticator: CallerAuthenticator {
    func authenticate(authorization: ArraySlice<UInt8>?, provenBinding: Bool) -> Authentication {
        .refused(Refusal(.unauthorized, "Nobody is known"))
    }

    func resolve(_ key: UnknownKey) async -> KeyResolution { .unavailable }
}
