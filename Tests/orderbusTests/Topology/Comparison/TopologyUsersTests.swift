import Testing
import orderbus

@Suite struct TopologyUsersTests {
    private let wanted = TopologyDefinitions(users: [BrokerUser(name: "worker")])

    private func difference(found: BrokerUser?, password: String?) -> TopologyDifference? {
        TopologyComparison(
            wanted: wanted,
            found: TopologyDefinitions(users: found.map { [$0] } ?? []),
            passwords: password.map { ["worker": $0] } ?? [:]
        ).differences.first
    }

    private func user(_ difference: TopologyDifference?) -> BrokerUser? {
        if case .user(let user) = difference?.subject { user } else { nil }
    }

    @Test func withoutAPasswordANewUserCannotLogIn() {
        let difference = difference(found: nil, password: nil)
        #expect(difference?.finding == .missing)
        #expect(difference?.detail == "without a password: cannot log in")
        #expect(user(difference)?.passwordHash == "")
    }

    @Test func aNewUserGetsTheHashOfItsPassword() throws {
        let made = try #require(user(difference(found: nil, password: "secret")))
        #expect(PasswordHash.matches("secret", hash: made.passwordHash, algorithm: made.hashingAlgorithm))
        #expect(!made.passwordHash.contains("secret"))
    }

    @Test func withoutAPasswordAUserKeepsItsOwn() {
        let found = BrokerUser(name: "worker", passwordHash: PasswordHash.make("old"))
        #expect(difference(found: found, password: nil) == nil)
    }

    @Test func theSamePasswordIsNoDifferenceAndAnotherIs() {
        let found = BrokerUser(name: "worker", passwordHash: PasswordHash.make("secret"))
        #expect(difference(found: found, password: "secret") == nil)
        let changed = difference(found: found, password: "other")
        #expect(changed?.finding == .different)
        #expect(changed?.detail == "password")
    }

    @Test func takingTagsAwayKeepsThePassword() {
        let found = BrokerUser(name: "worker", passwordHash: PasswordHash.make("old"), tags: ["administrator"])
        let difference = difference(found: found, password: nil)
        #expect(difference?.detail == "tags: administrator → none")
        #expect(user(difference)?.passwordHash == found.passwordHash)
    }
}
