import Testing
import orderbus

@Suite struct OrderListingTests {
    private let first = Array(
        #"""
        {"orders":[{"orderId":"ord_1","status":"PENDING","createdAt":"2025-12-26T21:45:10.123Z","customerId":"c",\#
        "items":[{},{}],"totalAmount":{"currency":"USD","value":"25.50"}}],"nextCursor":"next"}
        """#.utf8
    )

    @Test func pagesBecomeOneJSONListing() throws {
        var listing = OrderListing(format: .json)
        #expect(try listing.add(first) == "next")
        #expect(try listing.add(Array(#"{"orders":[{"orderId":"ord_2"}]}"#.utf8)) == nil)
        let text = listing.takeText() + listing.ending(nextCursor: nil)
        #expect(text.hasPrefix("{\"orders\":[\n{\"orderId\":\"ord_1\""))
        #expect(text.hasSuffix("},\n{\"orderId\":\"ord_2\"}\n]}\n"))
    }

    @Test func aPageThatIsNotTheLastNamesItsCursor() throws {
        var listing = OrderListing(format: .json)
        _ = try listing.add(Array(#"{"orders":[]}"#.utf8))
        #expect(listing.takeText() + listing.ending(nextCursor: "c\"1") == #"{"orders":[],"nextCursor":"c\"1"}"# + "\n")
    }

    @Test func ordersAreRows() throws {
        var listing = OrderListing(format: .table)
        _ = try listing.add(first)
        #expect(
            listing.ending(nextCursor: nil) == """
                ORDER  STATUS   CUSTOMER  TOTAL      ITEMS  CREATED AT
                ord_1  PENDING  c         25.50 USD      2  2025-12-26T21:45:10.123Z

                """
        )
    }

    @Test func whatIsNoListingIsAFailure() {
        var listing = OrderListing(format: .table)
        #expect(throws: CommandFailure.self) { _ = try listing.add(Array("[]".utf8)) }
    }

    @Test func theQueryHasOnlyWhatWasAskedFor() {
        let query = OrderQuery(status: "PENDING", customerID: nil, limit: 20)
        #expect(
            String(decoding: query.body(cursor: "c"), as: UTF8.self) == #"{"limit":20,"status":"PENDING","cursor":"c"}"#
        )
    }
}
