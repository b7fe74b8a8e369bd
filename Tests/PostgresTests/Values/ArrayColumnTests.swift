import Postgres
import Testing

/// Against the bytes that the server itself sends for the same arrays (`COPY … (FORMAT binary)`, PostgreSQL 15).
@Suite struct ArrayColumnTests {
    @Test func integersWithANull() {
        var column = ArrayColumn(.int4, capacity: 3)
        column.append(Int32(1))
        column.appendNull()
        column.append(Int32(-2))
        #expect(
            column.finished() == [
                0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 23, 0, 0, 0, 3, 0, 0, 0, 1,
                0, 0, 0, 4, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 4, 0xFF, 0xFF, 0xFF, 0xFE,
            ]
        )
    }

    @Test func textAndItsUTF8AreTheSame() {
        var strings = ArrayColumn(.text)
        var bytes = ArrayColumn(.text)
        var spans = ArrayColumn(.text)
        for text in ["", "a", "größer ❤"] {
            strings.append(text)
            bytes.append(utf8: Array(text.utf8))
            spans.append(utf8: Array(text.utf8).span.bytes)
        }
        #expect(strings.finished() == bytes.finished())
        #expect(strings.finished() == spans.finished())
        #expect(strings.finished().count == 20 + 3 * 4 + 1 + 12)
        #expect(strings.finished().prefix(20).suffix(12) == [0, 0, 0, 25, 0, 0, 0, 3, 0, 0, 0, 1])
    }

    @Test func momentsCountFromTheYear2000() {
        var column = ArrayColumn(.timestamptz)
        column.append(unixMicroseconds: 946_684_800_000_001)
        #expect(column.finished().suffix(12) == [0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1])
    }

    @Test func uuidIsInReadingOrder() {
        var column = ArrayColumn(.uuid)
        column.append(uuid: 0x0001_0203_0405_0607_0809_0A0B_0C0D_0E0F)
        #expect(column.finished().suffix(20) == [0, 0, 0, 16] + Array(0...15))
    }

    @Test func smallTypes() {
        var flags = ArrayColumn(.bool)
        flags.append(true)
        #expect(flags.finished().suffix(5) == [0, 0, 0, 1, 1])
        var shorts = ArrayColumn(.int2)
        shorts.append(Int16(-1))
        #expect(shorts.finished().suffix(6) == [0, 0, 0, 2, 0xFF, 0xFF])
        var blobs = ArrayColumn(.bytea)
        blobs.append(bytes: [1, 2, 3])
        #expect(blobs.finished().suffix(7) == [0, 0, 0, 3, 1, 2, 3])
    }

    @Test func emptyColumnHasNoElements() {
        #expect(
            ArrayColumn(.bool).finished()
                == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 1]
        )
    }
}
