import Orders
import Testing

@Suite struct LetterHeadTests {
    static let everyType: [LetterHeader] = [
        LetterHeader("bool", .bool(true)), LetterHeader("int8", .int8(-1)), LetterHeader("uint8", .uint8(255)),
        LetterHeader("int16", .int16(.min)), LetterHeader("uint16", .uint16(.max)),
        LetterHeader("int32", .int32(.min)), LetterHeader("uint32", .uint32(.max)),
        LetterHeader("int64", .int64(.min)), LetterHeader("uint64", .uint64(.max)),
        LetterHeader("nan", .float(bits: 0x7fc0_0001)), LetterHeader("double", .double(bits: 0xfff8_0000_0000_0002)),
        LetterHeader("decimal", .decimal(scale: 2, value: 2550)), LetterHeader("time", .timestamp(.max)),
        LetterHeader("text", .text("naïve")), LetterHeader(name: [0xff, 0], value: .string([0xc0, 0])),
        LetterHeader("bytes", .bytes([0, 1])), LetterHeader("void", .void),
        LetterHeader("array", .array([.int8(1), .table([LetterHeader("in", .array([.void]))])])),
        LetterHeader("text", .text("again")),
    ]

    @Test func everyTypeAndPropertyComesBackAsItWas() throws {
        var properties = LetterProperties()
        properties.contentType = Array("application/json".utf8)
        properties.messageID = []
        properties.userID = [0xff]
        properties.deliveryMode = 2
        properties.timestamp = .max
        let decoded = try #require(LetterHead.decode(LetterHead.encode(properties, Self.everyType)))
        #expect(decoded.properties == properties)
        #expect(decoded.headers == Self.everyType)
    }

    @Test func bytesThatAreCutOrFollowedAreRefused() {
        let bytes = LetterHead.encode(LetterProperties(), Self.everyType)
        for count in 0..<bytes.count { #expect(LetterHead.decode(Array(bytes.prefix(count))) == nil) }
        #expect(LetterHead.decode(bytes + [0]) == nil)
    }

    @Test func nestingWithoutEndIsRefused() {
        var value = HeaderValue.void
        for _ in 0..<100 { value = .array([value]) }
        #expect(LetterHead.decode(LetterHead.encode(LetterProperties(), [LetterHeader("deep", value)])) == nil)
    }
}
