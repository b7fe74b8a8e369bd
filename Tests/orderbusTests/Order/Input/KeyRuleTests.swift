import Testing
import orderbus

@Suite struct KeyRuleTests {
    private func prepare(_ text: String, _ rule: KeyRule) throws(CommandFailure) -> (body: String, key: String) {
        let line = OrderLine(source: "in", number: 1, text: Array(text.utf8))
        let (body, key) = try rule.prepare(line) { "drawn-key-1" }
        return (String(decoding: body, as: UTF8.self), key)
    }

    private func message(_ text: String, _ rule: KeyRule) -> String? {
        do throws(CommandFailure) {
            _ = try prepare(text, rule)
            return nil
        } catch {
            return error.message
        }
    }

    @Test func anOrdersOwnKeyIsTakenAndTheOrderLeftAsItIs() throws {
        let order = #"{ "idempotencyKey": "own-key-123", "x": 1 }"#
        for rule in [KeyRule.own, .generated, .given("own-key-123")] {
            let (body, key) = try prepare(order, rule)
            #expect(body == order)
            #expect(key == "own-key-123")
        }
    }

    @Test func aDrawnKeyIsWrittenIntoTheOrderSoThatASecondAttemptHasIt() throws {
        #expect(try prepare(#" {"x":1}"#, .generated).body == #" {"idempotencyKey":"drawn-key-1","x":1}"#)
        #expect(try prepare("{}", .generated).body == #"{"idempotencyKey":"drawn-key-1"}"#)
        #expect(try prepare(#"{"x":1}"#, .given("k\"1234567890")).body.hasPrefix(#"{"idempotencyKey":"k\"12"#))
    }

    @Test func anOrderWithoutAKeyIsRefusedUnlessOneIsDrawn() {
        #expect(message(#"{"x":1}"#, .own)?.contains("--generate-keys") == true)
        #expect(message(#"{"x":1}"#, .generated) == nil)
    }

    @Test func aKeyOnTheCommandLineMustNotContradictTheOrders() {
        #expect(message(#"{"idempotencyKey":"one-key-123"}"#, .given("two-key-123"))?.contains("another") == true)
    }

    @Test func whatIsNoObjectIsRefusedWithItsReason() {
        #expect(message("[{}]", .own)?.contains("jq -c '.[]'") == true)
        #expect(message("{\"a\":", .own) == "this is not JSON: the text ends too early, at byte 5")
        #expect(message("12", .own) == "this is no JSON object")
    }

    @Test func aKeyOfTheWrongKindIsTheWorkersToRefuse() throws {
        #expect(try prepare(#"{"idempotencyKey":7}"#, .own).body == #"{"idempotencyKey":7}"#)
    }
}
