import ArgumentParser
import Testing

@testable import orderbus

/// Options that would change nothing as they are given.
@Suite struct IdleOptionTests {
    private static let letter = "dl_00000000000000000000000001"
    private static let job = "rj_00000000000000000000000001"

    @Test(arguments: [["--subject", "ann"], ["--scopes", "orders:write"]])
    func senderNeedsATenant(options: [String]) {
        let arguments = [Self.letter, "--body-file", "-", "--reason", "mended"] + options
        #expect(throws: (any Error).self) { try DeadEditCommand.parse(arguments) }
    }

    @Test func senderWithATenantIsTaken() throws {
        let arguments = [Self.letter, "--tenant", "acme", "--client-id", "shop", "--reason", "mended"]
        #expect(try DeadEditCommand.parse(arguments).scopes == nil)
        #expect(try DeadEditCommand.parse(arguments + ["--scopes", "orders:read"]).scopes == "orders:read")
    }

    @Test(arguments: [[job, "--outcome", "failed"], ["--outcome", "failed"], [job, "--state", "running"]])
    func filterOfAnotherListIsRefused(arguments: [String]) {
        #expect(throws: (any Error).self) { try DeadJobsCommand.parse(arguments) }
    }

    @Test func filterOfTheMessagesIsTaken() throws {
        #expect(try DeadJobsCommand.parse([Self.job, "--messages", "--outcome", "failed"]).outcome == "failed")
    }

    /// It said that the replay was no letter, and nothing of the option.
    @Test func optionThatIsNotKnownIsNamed() {
        do {
            _ = try DeadDiscardCommand.parse(["--failed-in", Self.job, "--reason", "mended"])
            Issue.record("it was taken")
        } catch {
            #expect(DeadDiscardCommand.message(for: error).contains("--failed-in"))
        }
    }
}
