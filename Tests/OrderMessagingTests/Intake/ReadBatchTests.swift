import AMQP
import Orders
import Testing

@testable import OrderMessaging

@Suite struct ReadBatchTests {
    private func delivery(_ token: String) throws -> Delivery {
        try Delivery.made(
            routingKey: "order.get.v1",
            properties: MessageProperties(headers: ["authorization": .text("Bearer \(token)")]),
            body: Array(#"{"orderId":"ord_546vf04tk1w38tdmn7erqn46zv"}"#.utf8)
        )
    }

    private func batch(_ tokens: String...) throws -> ReadBatch {
        ReadBatch(try tokens.map { try delivery($0) }, by: CommandReader(authenticator: KeyedAuthenticator()))
    }

    @Test func whatTheKeysAtHandDecideNeedsNoSearch() throws {
        let batch = try batch("good", "bad")
        #expect(batch.unknownKeys.isEmpty)
        #expect(batch.commands.map(\.word) == ["accepted", "refused"])
    }

    @Test func eachUnknownKeyIsLookedForOnce() throws {
        let batch = try batch("key-1", "good", "key-2", "key-1")
        #expect(Set(batch.unknownKeys) == [.named(Array("key-1".utf8)), .named(Array("key-2".utf8))])
        #expect(batch.unknownKeys.count == 2)
        #expect(batch.commands.map(\.word) == ["undecided", "accepted", "undecided", "undecided"])
    }

    @Test func resolutionsDecideAboutTheirOwnCommandsAndNoOthers() throws {
        var batch = try batch("key-1", "good", "key-2", "key-3", "key-1")
        batch.take([
            .named(Array("key-1".utf8)): .refuse(Refusal(.invalidToken, "No such key")),
            .named(Array("key-2".utf8)): .unavailable,
        ])
        #expect(batch.commands.map(\.word) == ["refused", "accepted", "undecided", "undecided", "refused"])
    }
}

/// Takes `Bearer good`, and knows no key whose name a token begins with.
private struct KeyedAuthenticator: CallerAuthenticator {
    func authenticate(authorization: ArraySlice<UInt8>?, provenBinding: Bool) -> Authentication {
        let token = authorization?.dropFirst("Bearer ".utf8.count) ?? []
        if token.elementsEqual("good".utf8) {
            return .caller(Caller(tenant: "acme", clientID: "loadgen", subject: nil, scopes: ["orders:read"]))
        }
        return token.starts(with: "key-".utf8)
            ? .unknownKey(.named(Array(token))) : .refused(Refusal(.invalidToken, "bad token"))
    }

    func resolve(_ key: UnknownKey) async -> KeyResolution { .unavailable }
}

extension IncomingCommand {
    fileprivate var word: String {
        switch reading {
        case .accepted: "accepted"
        case .refused: "refused"
        case .undecided: "undecided"
        case .unread: "unread"
        }
    }
}
