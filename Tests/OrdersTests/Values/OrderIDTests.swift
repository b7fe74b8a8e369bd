import Orders
import Testing

@Suite struct OrderIDTests {
    private func derive(_ tenant: String, _ client: String, _ key: String) throws -> OrderID {
        OrderID(tenant: tenant, clientID: client, key: try #require(IdempotencyKey(key)))
    }

    @Test func derivationIsTheContracts() throws {
        let id = try derive("acme", "loadgen", "9d0c2c1b-27e7-4e65-8a1b-43f684c2d7a9")
        #expect(id.description == "ord_546vf04tk1w38tdmn7erqn46zv")
    }

    @Test func partsDoNotRunIntoEachOther() throws {
        #expect(try derive("ab", "c", "0123456789") != derive("a", "bc", "0123456789"))
        #expect(try derive("a", "b0", "123456789x") != derive("a", "b", "0123456789x"))
    }

    @Test(arguments: [(UInt64.min, UInt64.min), (.max, .max), (1, 0), (0, 1), (0x0123_4567_89ab_cdef, 42)])
    func writtenFormIsReadBack(high: UInt64, low: UInt64) {
        let id = OrderID(high: high, low: low)
        #expect(OrderID(id.description) == id)
        #expect(id.description.count == 30)
    }

    @Test(arguments: [
        "", "ord_", "546vf04tk1w38tdmn7erqn46zv", "ord_546vf04tk1w38tdmn7erqn46z", "ord_546vf04tk1w38tdmn7erqn46zvv",
        "ord_546VF04TK1W38TDMN7ERQN46ZV", "ord_846vf04tk1w38tdmn7erqn46zv", "ord_546vf04tk1w38tdmn7erqn46zl",
        "ORD_546vf04tk1w38tdmn7erqn46zv", "ord_546vf04tk1w38tdmn7erqn46é",
    ])
    func otherSpellingsAreNoIDs(text: String) {
        #expect(OrderID(text) == nil)
    }

    @Test func orderIsThatOfTheBytes() {
        let ids = [OrderID(high: 0, low: .max), OrderID(high: 1, low: 0), OrderID(high: .max, low: 0)]
        #expect(ids.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) } == ids.reversed().sorted())
    }
}
