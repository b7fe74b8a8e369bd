internal import Orders
package import Postgres

/// How the schema stands against this program, for people.
package struct SchemaReport: Sendable {
    private let statuses: [MigrationStatus]

    package init(_ statuses: [MigrationStatus]) {
        self.statuses = statuses
    }

    /// The schema is exactly what this program was built for.
    package var isCurrent: Bool { statuses.allSatisfy { $0.state == .applied } }

    /// The newest version that the database has; 0 for none.
    package var version: Int32 { statuses.filter { $0.state != .pending }.map(\.version).max() ?? 0 }

    /// A migration in each row.
    package var table: Table {
        var table = Table([
            Table.Column("version", title: "VERSION"), Table.Column("name", title: "NAME"),
            Table.Column("state", title: "STATE"), Table.Column("appliedAt", title: "APPLIED AT"),
        ])
        for status in statuses {
            let appliedAt = status.appliedAt.map { Timestamp(milliseconds: $0 / 1000).description }
            table.add(
                .number(Int(status.version)),
                .text(status.name),
                .text(status.state.rawValue),
                appliedAt.map(Table.Cell.text) ?? .none
            )
        }
        return table
    }

    /// What to do, a line for each kind of trouble; none where the schema is current.
    package var advice: [String] {
        var lines: [String] = []
        if statuses.contains(where: { $0.state == .pending }) {
            lines.append("the schema lacks migrations: run orderbus database migrate")
        }
        for status in statuses where status.state == .changed {
            lines.append("migration \(status.version) was applied with another text: this program is of another line")
        }
        if let newest = statuses.last(where: { $0.state == .unknown }) {
            lines.append(
                "the schema is at version \(newest.version), which this program does not know: use a newer orderbus"
            )
        }
        return lines
    }
}
