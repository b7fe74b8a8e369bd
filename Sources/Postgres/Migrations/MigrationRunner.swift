/// Brings the schema up to date, once, however many programs start at the same moment.
///
/// The history is kept in the table `orderbus_migrations` of the first schema in the search path.
package struct MigrationRunner: Sendable {
    /// Guards the whole run against others: one `pg_advisory_lock` for the database ("orderbus" in ASCII).
    private static let lockKey: Int64 = 0x6F72_6465_7262_7573

    private let migrations: [Migration]

    /// Makes a runner for the migrations that this program knows.
    package init(_ migrations: [Migration]) {
        self.migrations = migrations.sorted { $0.version < $1.version }
    }

    /// Applies what is missing, each migration in a transaction of its own.
    ///
    /// - Returns: what was applied now, in order.
    /// - Throws: `migrationRefused` before anything is changed if the database is newer than this program or a
    ///   migration's text has changed; otherwise what the server refused.
    package func migrate(_ connection: Connection, within limit: Duration) async throws -> [Migration] {
        let deadline = ContinuousClock.now + limit
        try await lock(connection, until: deadline)
        let outcome: Result<[Migration], any Error>
        do {
            outcome = .success(try await apply(on: connection, until: deadline))
        } catch {
            outcome = .failure(error)
        }
        // Should this fail, the lock goes with the session; a lock that was lost is not there to be given back.
        _ = try? await connection.run(Batch(Self.unlock, [.int8(Self.lockKey)]), within: .seconds(5))
        return try outcome.get()
    }

    /// What is applied, pending, changed or unknown, by version; changes nothing.
    package func status(_ connection: Connection, within limit: Duration) async throws -> [MigrationStatus] {
        let deadline = ContinuousClock.now + limit
        guard try await hasHistory(connection, until: deadline) else {
            return migrations.map { status($0, .pending) }
        }
        return try await statuses(connection, until: deadline)
    }

    /// Refuses a schema that is not exactly what this program was built for.
    ///
    /// - Throws: `migrationRefused`, saying what to do.
    package func requireCurrent(_ connection: Connection, within limit: Duration) async throws {
        let statuses = try await status(connection, within: limit)
        try Self.refuseContradictions(statuses)
        if let pending = statuses.first(where: { $0.state == .pending }) {
            throw PostgresError(
                .migrationRefused,
                "the schema lacks migration \(pending.version) (\(pending.name))"
            )
        }
    }

    // MARK: - Steps

    private func lock(_ connection: Connection, until deadline: ContinuousClock.Instant) async throws {
        // Polled: a blocked pg_advisory_lock would be ended by lock_timeout, and hides who waits for whom.
        while true {
            let rows = try await connection.run(Batch(Self.tryLock, [.int8(Self.lockKey)]), within: deadline.remaining)
            if try rows.first?.first?.bool(0) == true { return }
            guard try await connection.rest(.milliseconds(50), until: deadline) else {
                throw PostgresError(.timedOut, "another program is migrating this database")
            }
        }
    }

    private func apply(on connection: Connection, until deadline: ContinuousClock.Instant) async throws -> [Migration] {
        if try await !hasHistory(connection, until: deadline) {
            try await connection.execute(script: Self.createHistory, within: deadline.remaining)
        }
        let statuses = try await statuses(connection, until: deadline)
        try Self.refuseContradictions(statuses)
        let pending = Set(statuses.lazy.filter { $0.state == .pending }.map(\.version))
        let missing = migrations.filter { pending.contains($0.version) }
        for migration in missing {
            try await connection.withTransaction(within: deadline.remaining) { transaction in
                try await Self.requireLock(in: transaction)
                try await transaction.execute(script: migration.sql)
                _ = try await transaction.commit(after: Batch(Self.record, Self.parameters(of: migration)))
            }
        }
        return missing
    }

    /// Takes the lock once more, for the transaction: only the session that has it already can, or any if nobody has.
    ///
    /// The session that began may have been lost, and its lock with it, and another have been opened in its place.
    private static func requireLock(in transaction: Transaction) async throws {
        let rows = try await transaction.run(Batch(tryTransactionLock, [.int8(lockKey)]))
        guard try rows.first?.first?.bool(0) == true else {
            throw PostgresError(
                .connectionLost,
                "the session that held the lock of the migrations was lost, and another program has the lock"
            )
        }
    }

    private func hasHistory(
        _ connection: Connection,
        until deadline: ContinuousClock.Instant
    ) async throws -> Bool {
        let rows = try await connection.run(Batch(Self.findHistory), within: deadline.remaining)
        return try rows.first?.first?.bool(0) ?? false
    }

    private func statuses(
        _ connection: Connection,
        until deadline: ContinuousClock.Instant
    ) async throws -> [MigrationStatus] {
        var versions = ArrayColumn(.int4)
        var texts = ArrayColumn(.text)
        for migration in migrations {
            versions.append(migration.version)
            texts.append(migration.sql)
        }
        let rows = try await connection.run(
            Batch(Self.readHistory, [.array(versions), .array(texts)]),
            within: deadline.remaining
        )
        var byVersion: [Int32: MigrationStatus] = [:]
        for migration in migrations { byVersion[migration.version] = status(migration, .pending) }
        for row in rows.first.map({ Array($0) }) ?? [] {
            let version = try row.int32(0)
            let isSame = try row.boolOrNull(3)
            byVersion[version] = MigrationStatus(
                version: version,
                name: try row.string(1),
                state: isSame.map { $0 ? .applied : .changed } ?? .unknown,
                appliedAt: try row.unixMicroseconds(2)
            )
        }
        return byVersion.values.sorted { $0.version < $1.version }
    }

    private func status(_ migration: Migration, _ state: MigrationStatus.State) -> MigrationStatus {
        MigrationStatus(version: migration.version, name: migration.name, state: state, appliedAt: nil)
    }

    private static func refuseContradictions(_ statuses: [MigrationStatus]) throws {
        for status in statuses {
            switch status.state {
            case .applied, .pending: continue
            case .changed:
                throw PostgresError(
                    .migrationRefused,
                    "migration \(status.version) (\(status.name)) was applied with another text than this program has"
                )
            case .unknown:
                throw PostgresError(
                    .migrationRefused,
                    "the schema has migration \(status.version) (\(status.name)), which this program does not know: "
                        + "it is older than the database"
                )
            }
        }
    }
}

extension ContinuousClock.Instant {
    fileprivate var remaining: Duration { ContinuousClock.now.duration(to: self) }
}
