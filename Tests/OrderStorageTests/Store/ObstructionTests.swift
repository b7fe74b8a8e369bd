import OrderStorage
import Orders
import Postgres
import Testing

/// What may be one command's own trouble, and may pass: the worker finds out by halving.
@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)))
struct ObstructionTests {
    @Test func lockedRowObstructsItsOwnCommandAlone() async throws {
        try await TestDatabase.with { database in
            let store = database.store
            _ = try await store.execute([Requests.create("locked"), Requests.create("free")])
            let locked = Requests.cancel(Requests.id("locked"))
            let free = Requests.cancel(Requests.id("free"))
            try await database.execute("SET lock_timeout = '200ms'")
            let other = try database.connect()
            let lock = Statement(
                "lock",
                "SELECT id FROM orders WHERE id = order_id('\(Requests.id("locked"))') FOR UPDATE"
            )
            try await other.withTransaction(within: .seconds(60)) { transaction in
                _ = try await transaction.run(Batch(lock))
                for batch in [[locked, free], [locked]] {
                    let error = await storeError { _ = try await store.execute(batch) }
                    #expect(error?.kind == .contended)
                    #expect(error?.description.contains("55P03") == true)
                }
                #expect(try await store.execute([free]).first?.refusal == nil)
                try await store.ping()
            }
            #expect(try await store.execute([locked]).first?.refusal == nil)
            await other.close()
        }
    }

    @Test(arguments: ["XX001", "57014", "40P01"])
    func errorOfTheDatabasesOwnMayPass(code: String) async throws {
        try await TestDatabase.with { database in
            try await database.execute(
                """
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '\(code)'; END $$;
                CREATE TRIGGER fail BEFORE INSERT ON orders FOR EACH ROW WHEN (NEW.customer_id = 'bad')
                EXECUTE FUNCTION fail();
                """
            )
            let bad = Requests.create("one", customer: "bad")
            let error = await storeError { _ = try await database.store.execute([bad]) }
            #expect(error?.kind == .contended)
            #expect(try await database.store.execute([Requests.create("two")]).first?.refusal == nil)
        }
    }

    @Test(arguments: ["53100", "57P01", "08006", "25006"])
    func outageIsNobodysTrouble(code: String) async throws {
        try await TestDatabase.with { database in
            try await database.execute(
                """
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '\(code)'; END $$;
                CREATE TRIGGER fail BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION fail();
                """
            )
            let error = await storeError { _ = try await database.store.execute([Requests.create("one")]) }
            #expect(error?.kind == .unavailable)
        }
    }
}
