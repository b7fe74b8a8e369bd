extension Row {
    /// As the read of the same name, with `nil` for NULL.
    package func uuidOrNull(_ column: Int) throws(PostgresError) -> UInt128? {
        isNull(column) ? nil : try uuid(column)
    }

    package func boolOrNull(_ column: Int) throws(PostgresError) -> Bool? {
        isNull(column) ? nil : try bool(column)
    }

    package func int16OrNull(_ column: Int) throws(PostgresError) -> Int16? {
        isNull(column) ? nil : try int16(column)
    }

    package func int32OrNull(_ column: Int) throws(PostgresError) -> Int32? {
        isNull(column) ? nil : try int32(column)
    }

    package func int64OrNull(_ column: Int) throws(PostgresError) -> Int64? {
        isNull(column) ? nil : try int64(column)
    }

    package func unixMicrosecondsOrNull(_ column: Int) throws(PostgresError) -> Int64? {
        isNull(column) ? nil : try unixMicroseconds(column)
    }

    package func stringOrNull(_ column: Int) throws(PostgresError) -> String? {
        isNull(column) ? nil : try string(column)
    }

    package func bytesOrNull(_ column: Int) throws(PostgresError) -> [UInt8]? {
        isNull(column) ? nil : try bytes(column)
    }
}
