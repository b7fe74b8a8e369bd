internal import CPostgres

/// Owns the key with which one backend's current command can be cancelled.
///
/// Sendable: it is constant, and `PQcancel` is the one function that any thread may call, "PQcancel can safely be
/// invoked from … a thread that is separate from the one manipulating the PGconn object" (libpq documentation 15, §34.7).
final class CancelHandle: Sendable {
    private nonisolated(unsafe) let raw: OpaquePointer

    /// Takes ownership.
    init(owning raw: OpaquePointer) {
        self.raw = raw
    }

    deinit {
        PQfreeCancel(raw)
    }

    /// Asks the server to cancel.
    ///
    /// Blocks until it has heard; connects anew to do so.
    func requestCancel() {
        // A failure changes nothing: whoever asked waits a moment for the command to end, whatever the reason.
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
            _ = PQcancel(raw, message.baseAddress, Int32(message.count))
        }
    }
}
