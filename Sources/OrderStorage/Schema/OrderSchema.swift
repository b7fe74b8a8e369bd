package import Postgres

/// The history of the schema that this program stores orders in.
package enum OrderSchema {
    /// Embedded from `Migrations/`, so that the binary needs no files beside it. (The build names a constant after each
    /// file, with an underscore for a leading digit.)
    package static let migrations = [
        migration(1, "orders", PackageResources._001_orders_sql),
        migration(2, "dead_letters", PackageResources._002_dead_letters_sql),
        migration(3, "suspects", PackageResources._003_suspects_sql),
        migration(4, "search", PackageResources._004_search_sql),
        migration(5, "customers", PackageResources._005_customers_sql),
        migration(6, "decisions", PackageResources._006_decisions_sql),
    ]

    private static func migration(_ version: Int32, _ name: String, _ sql: [UInt8]) -> Migration {
        Migration(version: version, name: name, sql: String(decoding: sql, as: UTF8.self))
    }

    package static var runner: MigrationRunner { MigrationRunner(migrations) }
}
