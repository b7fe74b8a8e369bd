extension MigrationRunner {
    static let createHistory = """
        CREATE TABLE orderbus_migrations (
            version int PRIMARY KEY,
            name text NOT NULL,
            checksum bytea NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        )
        """

    static let findHistory = Statement(
        "migrations_find",
        "SELECT to_regclass(quote_ident(current_schema()) || '.orderbus_migrations') IS NOT NULL"
    )

    /// The checksum is the server's own SHA-256, so this room needs none.
    static let readHistory = Statement(
        "migrations_read",
        parameters: [.int4Array, .textArray],
        """
        SELECT m.version, m.name, m.applied_at, m.checksum = sha256(convert_to(known.sql, 'UTF8'))
        FROM orderbus_migrations m LEFT JOIN unnest($1, $2) AS known (version, sql) ON known.version = m.version
        ORDER BY m.version
        """
    )

    static let record = Statement(
        "migrations_record",
        parameters: [.int4, .text, .text],
        """
        INSERT INTO orderbus_migrations (version, name, checksum) VALUES ($1, $2, sha256(convert_to($3, 'UTF8')))
        """
    )

    static func parameters(of migration: Migration) -> [Parameter] {
        [.int4(migration.version), .text(migration.name), .text(migration.sql)]
    }

    static let tryLock = Statement("migrations_lock", parameters: [.int8], "SELECT pg_try_advisory_lock($1)")
    static let tryTransactionLock = Statement(
        "migrations_lock_transaction",
        parameters: [.int8],
        "SELECT pg_try_advisory_xact_lock($1)"
    )
    static let unlock = Statement("migrations_unlock", parameters: [.int8], "SELECT pg_advisory_unlock($1)")
}
