import Testing
import orderbus

@Suite struct ConsoleListingTests {
    private let fields = [
        ConsoleListing.Field("id", title: "GROUP"), ConsoleListing.Field("kept", title: "WAITING"),
        ConsoleListing.Field("note.isOnHold", title: "HOLD"),
    ]
    private let pages = [
        #"{"groups":[{"id":"dg_1","kept":12,"note":{"isOnHold":true}}],"nextCursor":"c 2"}"#,
        #"{"groups":[{"id":"dg_\u001b[2J","kept":3,"note":null}],"nextCursor":null}"#,
    ]

    @Test func pagesBecomeOneTableWithoutEscapes() throws {
        var listing = ConsoleListing(of: "groups", format: .table, fields: fields)
        #expect(try listing.add(Array(pages[0].utf8)).next == "c 2")
        #expect(try listing.add(Array(pages[1].utf8)).next == nil)
        let lines = listing.ending(nextCursor: nil).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].contains("dg_1") && lines[1].hasSuffix("yes"))
        #expect(!lines[2].contains("\u{1B}"))
    }

    @Test func jsonKeepsWhatTheConsoleGave() throws {
        var listing = ConsoleListing(of: "groups", format: .json, fields: fields)
        for page in pages { _ = try listing.add(Array(page.utf8)) }
        let text = listing.ending(nextCursor: "c3")
        #expect(text.hasPrefix(#"{"groups":["#) && text.hasSuffix("],\"nextCursor\":\"c3\"}\n"))
        #expect(text.contains(#"{"id":"dg_1","kept":12,"note":{"isOnHold":true}},"#))
    }

    @Test func aPageThatWasCutShortSaysSo() throws {
        var listing = ConsoleListing(of: "letters", format: .table, fields: fields)
        let short = #"{"letters":[],"nextCursor":"c2","searchedTo":"2026-11-21T10:00:00.000Z"}"#
        #expect(try listing.add(Array(short.utf8)).isCutShort)
        let full = #"{"letters":[{"id":"dl_1"}],"nextCursor":"c3","searchedTo":null}"#
        #expect(try !listing.add(Array(full.utf8)).isCutShort)
        #expect(listing.rowCount == 1)
    }

    @Test func whatIsNoListIsRefused() {
        var listing = ConsoleListing(of: "groups", format: .table, fields: fields)
        for page in ["", "<html>", "{}", #"{"groups":3}"#] {
            #expect(throws: ExplainedError.self) { try listing.add(Array(page.utf8)) }
        }
    }
}
