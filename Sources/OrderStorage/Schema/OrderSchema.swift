package import Postgres

/// The history of the schema that this program stores orders in.
package enum OrderSchema {
    /// Embedded from `Migrations/`, so that the binary needs no files beside it. (The build names a constant after each
    /// file, with an underscore for a leading digit.)
    package static let migrations = [
        Migration(
            version: 1,
            name: "orders",
            sql: String(decoding: PackageResources._001_orders_sql, as: UTF8.self)
        ),
        Migration(
            version: 2,
            name: "dead_letters",
            sql: String(decoding: PackageResources._002_dead_letters_sql, as: UTF8.self)
        ),
        Migration(
            version: 3,
            name: "suspects",
            sql: String(decoding: PackageResources._003_suspects_sql, as: UTF8.self)
        ),
        Migration(
            version: 4,
            name: "search",
            sql: String(decoding: PackageResources._004_search_sql, as: UTF8.self)
        ),
        Migration(
            version: 5,
            name: "customers",
            sql: String(decoding: PackageResources._005_customers_sql, as: UTF8.self)
        ),
    ]

    package static var runner: MigrationRunner { MigrationRunner(migrations) }
}
