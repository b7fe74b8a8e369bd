import Postgres
import Testing

@Suite struct SQLStateTests {
    @Test func classMatchesItsCodes() {
        #expect(SQLState.integrityViolation ~= .uniqueViolation)
        #expect(SQLState.uniqueViolation ~= .uniqueViolation)
        #expect(!(SQLState.uniqueViolation ~= .checkViolation))
        #expect(!(SQLState.uniqueViolation ~= .integrityViolation))
        #expect(!(SQLState.dataException ~= .uniqueViolation))
    }

    @Test(arguments: [
        ("08006", FailureClass.unavailable), ("57P01", .unavailable), ("57P03", .unavailable), ("57014", .unavailable),
        ("53100", .unavailable), ("53300", .unavailable), ("55P03", .unavailable), ("25006", .unavailable),
        ("25P03", .unavailable), ("58030", .unavailable), ("XX000", .unavailable), ("XX001", .unavailable),
        ("40001", .conflict), ("40P01", .conflict),
        ("22021", .rejected), ("22P02", .rejected), ("23505", .rejected), ("23514", .rejected), ("54000", .rejected),
        ("P0001", .rejected), ("44000", .rejected),
        ("28P01", .misconfigured), ("3D000", .misconfigured), ("42P01", .misconfigured), ("42501", .misconfigured),
        ("0A000", .misconfigured), ("25P02", .misconfigured), ("ZZ999", .misconfigured), ("", .misconfigured),
    ])
    func everyStateHasItsClass(state: String, expected: FailureClass) {
        #expect(PostgresError.failureClass(of: SQLState(rawValue: state)) == expected)
        #expect(PostgresError(.server(SQLState(rawValue: state)), "").failureClass == expected)
    }

    @Test func refusedConnectionIsClassedByItsState() {
        var error = PostgresError(.connectionFailed, "refused")
        #expect(error.failureClass == .unavailable)
        error.sqlState = SQLState(rawValue: "28P01")
        #expect(error.failureClass == .misconfigured)
        error.sqlState = SQLState(rawValue: "57P03")
        #expect(error.failureClass == .unavailable)
    }

    @Test func descriptionNamesWhatIsKnown() {
        var error = PostgresError(.server(.uniqueViolation), "duplicate key")
        error.constraint = "orders_pkey"
        error.statement = "orders_insert"
        #expect(
            error.description
                == "server 23505: duplicate key [statement orders_insert] [constraint orders_pkey]"
        )
    }
}
