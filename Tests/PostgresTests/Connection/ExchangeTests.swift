import Postgres
import Testing

@Suite struct ExchangeTests {
    private let failure = PostgresError(.server(.uniqueViolation), "duplicate key")

    @Test func rowsAreKeptOfStatementsOnly() {
        var exchange = Exchange(steps: [.begin, .prepare(name: "a"), .statement(name: "a"), .commit])
        let kept = ["BEGIN", "", "SELECT 1", "COMMIT"].map { tag in
            defer { exchange.commandEnded() }
            return exchange.completed(tag: tag)
        }
        exchange.synced()
        #expect(kept == [false, false, true, false])
        #expect(exchange.prepared == ["a"])
        #expect(exchange.state == .ended)
        #expect(exchange.failure == nil)
    }

    @Test func firstFailureCountsAndNamesItsStatement() {
        var exchange = Exchange(steps: [.statement(name: "a"), .statement(name: "b"), .statement(name: "c")])
        _ = exchange.completed(tag: "INSERT 0 1")
        exchange.commandEnded()
        exchange.failed(failure)
        exchange.commandEnded()
        exchange.skipped()
        exchange.commandEnded()
        exchange.synced()
        #expect(exchange.state == .ended)
        #expect(exchange.failure?.statement == "b")
        #expect(exchange.failure?.code == .server(.uniqueViolation))
    }

    @Test func failureAfterTheLastStatementIsTheCommit() {
        var exchange = Exchange(steps: [.statement(name: "a")])
        _ = exchange.completed(tag: "INSERT 0 1")
        exchange.failed(failure)
        exchange.synced()
        #expect(exchange.state == .ended)
        #expect(exchange.failure?.code == .server(.uniqueViolation))
        #expect(exchange.failure?.statement == nil)
    }

    @Test func commitAnsweredWithRollbackIsAFailure() {
        var exchange = Exchange(steps: [.commit])
        _ = exchange.completed(tag: "ROLLBACK")
        exchange.synced()
        #expect(exchange.failure?.code == .transactionAborted)
    }

    @Test func moreAnswersThanQuestionsAreAViolation() {
        var exchange = Exchange(steps: [.begin])
        _ = exchange.completed(tag: "BEGIN")
        _ = exchange.completed(tag: "BEGIN")
        #expect(exchange.state == .violated)
    }

    @Test func fewerAnswersThanQuestionsAreAViolation() {
        var exchange = Exchange(steps: [.begin, .commit])
        _ = exchange.completed(tag: "BEGIN")
        exchange.synced()
        #expect(exchange.state == .violated)
    }

    @Test func emptyAnswersAreAViolation() {
        var exchange = Exchange(steps: [.begin])
        exchange.commandEnded()
        #expect(exchange.state == .underway)
        exchange.commandEnded()
        #expect(exchange.state == .violated)
    }

    @Test func scriptEndsWithItsAnswer() {
        var exchange = Exchange.script
        let kept = ["CREATE TABLE", "SELECT 1"].map { exchange.completed(tag: $0) }
        #expect(kept == [false, false])
        exchange.commandEnded()
        #expect(exchange.state == .ended)
    }
}
