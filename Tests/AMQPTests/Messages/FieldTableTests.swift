import Testing

@testable import AMQP

@Suite struct FieldTableTests {
    static let values: [FieldValue] = [
        .bool(true), .bool(false), .int8(-8), .uint8(200), .int16(-30_000), .uint16(60_000), .int32(.min),
        .uint32(.max), .int64(.min), .uint64(.max), .float(1.5), .double(-2.25), .decimal(scale: 2, value: 12_345),
        .timestamp(1_700_000_000), .text("text"), .string([0xFF, 0xFE]), .bytes([0, 1, 2]), .void,
        .array([.int8(1), .text("x"), .array([.void])]), .table(["inner": .table(["leaf": .bool(true)])]),
    ]

    @Test(arguments: values) func everyTypeComesBackAsItWent(value: FieldValue) {
        let table: FieldTable = ["before": .void, "value": value, "after": .int32(1)]
        #expect(table["value"] == value)
        #expect(table["after"] == .int32(1))
    }

    @Test func lookUpFindsTheFirstOfANameAndOnlyWholeNames() {
        let table: FieldTable = ["key": .int8(1), "key": .int8(2), "ke": .int8(3), "": .int8(4)]
        #expect(table["key"] == .int8(1))
        #expect(table.first(named: "ke") == .int8(3))
        #expect(table[""] == .int8(4))
        #expect(table["keys"] == nil)
        #expect(!table.contains("k"))
        #expect(table.map(\.name.description) == ["key", "key", "ke", ""])
    }

    @Test func namesAndValuesNeedNotBeText() {
        var table = FieldTable()
        table.append(ShortString(bytes: [0xC0, 0x80]) ?? .empty, .string([0xFF]))
        #expect(table.first { _ in true }?.name.string == nil)
        #expect(table.first { _ in true }?.value.text == nil)
        #expect(table.first { _ in true }?.value.stringBytes == [0xFF])
    }

    @Test func nestingBeyondTheLimitIsSeenAndNotEntered() {
        var value = FieldValue.void
        for level in 0..<20_000 {
            value = level.isMultiple(of: 2) ? .table(["n": value]) : .array([value])
            // Encoding copies what it wraps: deeper levels are made by bytes below.
            if level == 40 { break }
        }
        var depth = 0
        var current: FieldValue? = FieldTable(dictionaryLiteral: ("top", value))["top"]
        walk: while let inner = current {
            switch inner {
            case .table(let table): current = table["n"]
            case .array(let array): current = array.first { _ in true }
            default: break walk
            }
            depth += 1
        }
        #expect(current == .tooDeep)
        #expect(depth == FieldTable.maximumDepth - 1)
    }

    @Test func aMalformedEndStopsTheIterationAndNothingElse() {
        let good: FieldTable = ["a": .int32(1), "b": .text("bee")]
        for length in 0...good.byteCount {
            let table = FieldTable(encoded: good.encoded.prefix(length))
            #expect(table.map(\.value).count <= 2)
        }
        let unknownType = FieldTable(encoded: good.encoded + [1, 0x63, UInt8(ascii: "?"), 0])
        #expect(unknownType.map(\.value) == [.int32(1), .text("bee")])
        let hugeLength = FieldTable(encoded: [1, 0x61, UInt8(ascii: "S"), 0xFF, 0xFF, 0xFF, 0xFF, 0])
        #expect(hugeLength["a"] == nil)
    }

    @Test func integersOfAnyWidthAreNumbers() {
        #expect(FieldValue.int8(-1).integer == -1)
        #expect(FieldValue.uint64(5).integer == 5)
        #expect(FieldValue.uint64(.max).integer == nil)
        #expect(FieldValue.text("5").integer == nil)
    }

    @Test func shortStringsKnowTheirLimit() {
        #expect(ShortString(String(repeating: "x", count: 255)) != nil)
        #expect(ShortString(String(repeating: "x", count: 256)) == nil)
        #expect(ShortString(String("id")) == ("id" as ShortString))
    }
}
