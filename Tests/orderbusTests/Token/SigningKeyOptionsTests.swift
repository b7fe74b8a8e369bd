import ArgumentParser
import Testing
@testable import orderbus

@Suite struct SigningKeyOptionsTests {
    @Test func aKeyWithoutANameIsRefused() throws {
        #expect(throws: (any Error).self) { try SigningKeyOptions.parse(["--kid", ""]) }
        #expect(try SigningKeyOptions.parse([]).kid == "dev")
    }
}
