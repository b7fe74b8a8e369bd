import Testing
import orderbus

@Suite struct PasswordHashTests {
    /// Salt 908DC60A and password test12, the example of RabbitMQ's own documentation.
    private static let documented = "kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR"

    @Test func agreesWithTheBrokersDocumentation() {
        #expect(PasswordHash.matches("test12", hash: Self.documented, algorithm: PasswordHash.algorithm))
        #expect(!PasswordHash.matches("test13", hash: Self.documented, algorithm: PasswordHash.algorithm))
    }

    @Test func theSamePasswordHashesDifferentlyEachTime() {
        #expect(PasswordHash.make("x") != PasswordHash.make("x"))
    }

    @Test(arguments: ["", "!", "AAAA", "AAAAAAAA"])
    func aHashThatCannotBeReadMatchesNothing(hash: String) {
        #expect(!PasswordHash.matches("", hash: hash, algorithm: PasswordHash.algorithm))
    }

    @Test func anAlgorithmThatIsNotKnownMatchesNothing() {
        #expect(!PasswordHash.matches("test12", hash: Self.documented, algorithm: "rabbit_password_hashing_md5"))
    }
}
