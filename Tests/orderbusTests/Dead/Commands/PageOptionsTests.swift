import ArgumentParser
import Testing
@testable import orderbus

@Suite struct PageOptionsTests {
    @Test(arguments: ["0", "-1", "1001"])
    func aPageThatTheConsoleDoesNotGiveIsRefused(_ limit: String) {
        #expect(throws: (any Error).self) { try PageOptions.parse(["--limit=\(limit)"]) }
    }

    @Test(arguments: ["1", "1000"])
    func anyOtherIsAskedFor(_ limit: String) throws {
        #expect(try PageOptions.parse(["--limit", limit]).limit == Int(limit))
    }
}
