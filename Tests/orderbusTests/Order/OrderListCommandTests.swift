import ArgumentParser
import Testing
@testable import orderbus

@Suite struct OrderListCommandTests {
    @Test(arguments: ["0", "-1", "201"])
    func aPageThatNoWorkerGivesIsRefused(_ limit: String) {
        #expect(throws: (any Error).self) { try OrderListCommand.parse(["--limit=\(limit)"]) }
    }

    @Test func theLargestPageIsAskedFor() throws {
        #expect(try OrderListCommand.parse(["--limit", "200"]).limit == 200)
    }
}
