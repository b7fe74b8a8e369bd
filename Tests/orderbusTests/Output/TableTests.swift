import Testing
import orderbus

@Suite struct TableTests {
    private var table: Table {
        var table = Table([
            Table.Column("name", title: "NAME"), Table.Column("count", title: "COUNT"),
            Table.Column("durable", title: "DURABLE"),
        ])
        table.add("orders.commands", .number(12), .flag(true))
        table.add("注文", .number(1234), .none)
        table.add("e\u{1B}[2Jvil\n\"x\"")
        return table
    }

    @Test func columnsAreAlignedAndNumbersStandToTheRight() {
        #expect(
            table.text(as: .table) == """
                NAME             COUNT  DURABLE
                orders.commands     12  yes
                注文              1234
                e\u{FFFD}[2Jvil "x"

                """
        )
    }

    @Test func jsonKeepsTypesAndEscapes() {
        #expect(
            table.text(as: .json) == #"""
                [
                  {"name": "orders.commands", "count": 12, "durable": true},
                  {"name": "注文", "count": 1234, "durable": null},
                  {"name": "e\u001b[2Jvil\n\"x\"", "count": null, "durable": null}
                ]

                """#
        )
    }

    @Test func noRowsAreStillAListing() {
        let table = Table([Table.Column("name", title: "NAME")])
        #expect(table.text(as: .table) == "NAME\n")
        #expect(table.text(as: .json) == "[]\n")
    }
}
