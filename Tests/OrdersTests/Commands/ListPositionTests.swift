import Orders
import Testing

@Suite struct ListPositionTests {
    @Test func cursorIsReadBack() {
        let position = ListPosition(
            createdAt: Timestamp(milliseconds: 1_766_785_510_123),
            orderID: OrderID(high: 7, low: 9)
        )
        #expect(ListPosition(position.description) == position)
    }

    @Test(arguments: [
        "", "-", "abc", "zz-ord_546vf04tk1w38tdmn7erqn46z", "3w5e11264sgsf-ord_546vf04tk1w38tdmn7erqn46zv",
        "-1-ord_546vf04tk1w38tdmn7erqn46zv", "ord_546vf04tk1w38tdmn7erqn46zv",
    ])
    func otherTextIsNoCursor(text: String) {
        #expect(ListPosition(text) == nil)
    }
}
