internal import CPostgres

/// Owns one `PGconn`, non-blocking throughout.
///
/// Not Sendable on purpose: "one PGconn object" is for one thread at a time (libpq documentation 15, §34.20); the
/// `Connection` actor is that thread.
struct ConnectionHandle: ~Copyable {
    enum Opening {
        case readable, writable, opened, failed
    }

    let raw: OpaquePointer

    /// Begins to connect; `advanceOpening()` goes on with it.
    ///
    /// - Parameter parameters: libpq's keywords and values; names must have been resolved (`hostaddr`), since
    ///   libpq would block on that.
    init?(opening parameters: [ConnectionParameter]) {
        let started = CStringArray.with(parameters.map(\.keyword)) { keywords in
            CStringArray.with(parameters.map(\.value)) { values in
                PQconnectStartParams(keywords, values, 0)
            }
        }
        guard let started else { return nil }
        raw = started
        // The only way to learn the SQLSTATE of a refusal.
        PQsetErrorVerbosity(raw, PQERRORS_VERBOSE)
        PQsetNoticeReceiver(raw, { _, _ in }, nil)
    }

    deinit {
        PQfinish(raw)
    }

    /// The socket, or -1.
    ///
    /// It can change while the connection is being opened.
    var socket: Int32 { PQsocket(raw) }

    var isBad: Bool { PQstatus(raw) == CONNECTION_BAD }

    var isInTransaction: Bool { PQtransactionStatus(raw) != PQTRANS_IDLE }

    var errorMessage: String { PQerrorMessage(raw).map { String(cString: $0) } ?? "" }

    func advanceOpening() -> Opening {
        switch PQconnectPoll(raw) {
        case PGRES_POLLING_READING: .readable
        case PGRES_POLLING_WRITING: .writable
        case PGRES_POLLING_OK: .opened
        default: .failed
        }
    }

    /// Makes an open connection ready for batches.
    func prepareForPipelines() -> Bool {
        PQsetnonblocking(raw, 1) == 0 && PQenterPipelineMode(raw) == 1
    }

    /// Leaves or enters pipeline mode, in which alone several commands in one text are refused.
    func setPipelineMode(_ isOn: Bool) -> Bool {
        (isOn ? PQenterPipelineMode(raw) : PQexitPipelineMode(raw)) == 1
    }

    func makeCancelHandle() -> CancelHandle? {
        PQgetCancel(raw).map { CancelHandle(owning: $0) }
    }
}
