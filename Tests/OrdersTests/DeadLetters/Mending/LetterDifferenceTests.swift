import Orders
import Testing

@Suite struct LetterDifferenceTests {
    @Test func theSmallestReplacementIsShown() throws {
        let difference = try #require(BodyDifference(from: Array("{\"a\":12}".utf8), to: Array("{\"a\":152}".utf8)))
        #expect(difference.offset == 6)
        #expect(difference.removed.isEmpty)
        #expect(difference.inserted == Array("5".utf8))
        #expect(BodyDifference(from: [1, 2], to: [1, 2]) == nil)
        #expect(BodyDifference(from: [1, 1], to: [1])?.removed == [1])
    }

    @Test func headersAreComparedByNameAndOccurrence() {
        let old = LetterMessage(
            body: [],
            headers: [LetterHeader("a", .int8(1)), LetterHeader("b", .void), LetterHeader("a", .int8(2))]
        )
        var new = old
        new.headers = [LetterHeader("a", .int8(1)), LetterHeader("a", .int8(3)), LetterHeader("c", .void)]
        let changes = LetterDifference(from: old, to: new).headers
        #expect(changes.map { String(decoding: $0.name, as: UTF8.self) } == ["a", "b", "c"])
        #expect(changes.map(\.old) == [.int8(2), .void, nil])
        #expect(changes.map(\.new) == [.int8(3), nil, .void])
        #expect(LetterDifference(from: old, to: old).isEmpty)
    }
}
