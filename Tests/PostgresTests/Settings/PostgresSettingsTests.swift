import Postgres
import Testing

@Suite struct PostgresSettingsTests {
    @Test(arguments: [
        "postgresql://user:secret@host:5432/orders", "postgres:///orders?host=/run/postgresql",
        "host=a,b port=5432 dbname=orders", "postgresql://u@[::1]:5433,other:5434/orders?sslmode=verify-full", "",
    ])
    func whatLibpqTakesIsTaken(text: String) throws {
        try PostgresSettings(connectionString: text).validate()
    }

    @Test(arguments: [
        "postgresql://user:sec/ret@host:5432/orders", "postgresql://user:secret@host:port/orders",
        "postgresql://user:secret@[::1/orders", "postgresql://user:secret@host/orders?nonsense=1",
        "secret", "host=a,b hostaddr=127.0.0.1", "postgresql://u:secret@a:1,b:2,c/x?port=1,2",
        "host=a port=0 password=secret",
        "postgresql://user:secret%ZZ@host/x", "postgresql://user:secret@host/x?sslmode=secure",
        "host=a target_session_attrs=writable password=secret",
    ])
    func whatItDoesNotTakeIsRefusedWithoutQuotingIt(text: String) {
        do {
            try PostgresSettings(connectionString: text).validate()
            Issue.record("accepted")
        } catch {
            #expect(error.code == .invalidSettings)
            #expect(error.failureClass == .misconfigured)
            #expect(!error.description.contains("sec"))
        }
    }
}
