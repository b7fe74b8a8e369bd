internal import CPostgres

extension ConnectionHandle {
    // MARK: - Queueing; nothing blocks, what the socket does not take stays in libpq's buffer

    func sendPrepare(_ statement: Statement) -> Bool {
        let types = statement.parameters.map(\.rawValue)
        return PQsendPrepare(raw, statement.name, statement.sql, Int32(types.count), types) == 1
    }

    func sendPrepared(_ element: Batch.Element) -> Bool {
        let count = element.parameters.count
        let lengths = element.parameters.map { Int32(truncatingIfNeeded: $0.bytes?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: count)
        return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: max(1, count)) { values in
            values.initialize(repeating: nil)
            return Self.lend(element.parameters[...], to: values) {
                PQsendQueryPrepared(
                    raw,
                    element.statement.name,
                    Int32(count),
                    values.baseAddress,
                    lengths,
                    formats,
                    1
                ) == 1
            }
        }
    }

    /// Sends one command without parameters.
    func sendControl(_ sql: String) -> Bool {
        PQsendQueryParams(raw, sql, 0, nil, nil, nil, nil, 1) == 1
    }

    /// Sends a text of several commands; outside pipeline mode only.
    func sendScript(_ sql: String) -> Bool { PQsendQuery(raw, sql) == 1 }

    func sendSync() -> Bool { PQpipelineSync(raw) == 1 }

    // MARK: - Moving bytes

    enum Flushed {
        case everything, some, failed
    }

    func flush() -> Flushed {
        switch PQflush(raw) {
        case 0: .everything
        case 1: .some
        default: .failed
        }
    }

    /// Reads what has arrived; `false` if the connection broke.
    func consumeInput() -> Bool { PQconsumeInput(raw) == 1 }

    /// Whether the next result has not arrived in full.
    var isBusy: Bool { PQisBusy(raw) == 1 }

    /// The next result, or `nil` at the end of a command.
    ///
    /// Blocks if `isBusy`.
    func nextResult() -> Rows? {
        PQgetResult(raw).map { Rows(ResultHandle(owning: $0)) }
    }

    /// Nests one borrow per parameter, so that all are lent at once without copying any.
    private static func lend(
        _ parameters: ArraySlice<Parameter>,
        to values: UnsafeMutableBufferPointer<UnsafePointer<CChar>?>,
        _ body: () -> Bool
    ) -> Bool {
        guard let parameter = parameters.first else { return body() }
        guard let bytes = parameter.bytes else { return lend(parameters.dropFirst(), to: values, body) }
        return bytes.withUnsafeBytes { buffer in
            // An empty array may have no address, and NULL means NULL to libpq.
            withUnsafePointer(to: CChar(0)) { empty in
                values[parameters.startIndex] = buffer.baseAddress?.assumingMemoryBound(to: CChar.self) ?? empty
                return lend(parameters.dropFirst(), to: values, body)
            }
        }
    }
}
