import Postgres
import Testing

/// One test after the other: all at once would take more sessions than a server of default settings has.
@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)), .serialized)
struct RoundTripTests {
    /// Every type in one statement, back as it went, NULLs included.
    @Test(arguments: [0, 1, 1000])
    func arraysOfEveryTypeComeBackAsTheyWent(count: Int) async throws {
        let sample = Sample(count: count)
        let connection = try TestDatabase.connection()
        let rows = try await connection.rows(Sample.sql, sample.parameters, name: "everything")
        try #require(rows.count == count)
        for (index, row) in rows.enumerated() { try sample.check(row, index) }
        await connection.close()
    }

    @Test func scalarsComeBackAsTheyWent() async throws {
        let connection = try TestDatabase.connection()
        let uuid: UInt128 = 0x0123_4567_89AB_CDEF_FEDC_BA98_7654_3210
        let rows = try await connection.rows(
            "SELECT $1, $1::text, $2, $3, $4, $5, $6, $7, $8, $8::text, $9",
            [
                .uuid(uuid), .bool(true), .int2(.min), .int4(.max), .int8(.min), .text("zwölf ❤"),
                .bytea([0, 255]), .timestamptz(unixMicroseconds: 1_766_785_510_123_456), .null(.text),
            ]
        )
        let row = try #require(rows.first)
        #expect(try row.uuid(0) == uuid)
        #expect(try row.string(1) == "01234567-89ab-cdef-fedc-ba9876543210")
        #expect(try row.bool(2))
        #expect(try row.int16(3) == .min)
        #expect(try row.int32(4) == .max)
        #expect(try row.int64(5) == .min)
        #expect(try row.string(6) == "zwölf ❤")
        #expect(try row.bytes(7) == [0, 255])
        #expect(try row.unixMicroseconds(8) == 1_766_785_510_123_456)
        #expect(try row.string(9).hasPrefix("2025-12-26 2"))
        #expect(try row.stringOrNull(10) == nil)
        await connection.close()
    }

    @Test func jsonKeepsItsBytes() async throws {
        let connection = try TestDatabase.connection()
        let json = #"{"b": 1e999999,  "a":"\u0000", "a": 2}"#
        let row = try #require(try await connection.rows("SELECT $1", [.json(json)]).first)
        #expect(try row.string(0) == json)
        await connection.close()
    }

    @Test func wrongReadsAreErrorsAndNotTraps() async throws {
        let connection = try TestDatabase.connection()
        let row = try #require(try await connection.rows("SELECT 1::int4, NULL::int4").first)
        let isUnexpected: @Sendable (PostgresError) -> Bool = { $0.code == .unexpectedResult }
        #expect(throws: PostgresError.self) { try row.int64(0) }
        #expect(performing: { try row.int64(0) }, throws: { ($0 as? PostgresError).map(isUnexpected) ?? false })
        #expect(performing: { try row.int32(1) }, throws: { ($0 as? PostgresError).map(isUnexpected) ?? false })
        #expect(performing: { try row.int32(2) }, throws: { ($0 as? PostgresError).map(isUnexpected) ?? false })
        #expect(performing: { try row.int32OrNull(-1) }, throws: { ($0 as? PostgresError).map(isUnexpected) ?? false })
        #expect(try row.int32OrNull(1) == nil)
        await connection.close()
    }

    @Test func parametersOfAnotherTypeAreRefusedBeforeTheyAreSent() async throws {
        let connection = try TestDatabase.connection()
        let statement = Statement("typed", parameters: [.int8], "SELECT $1")
        let wrongType = await postgresError {
            _ = try await connection.run(Batch(statement, [.text("8 bytes!")]), within: .seconds(40))
        }
        #expect(wrongType?.code == .invalidArgument)
        var column = ArrayColumn(.int8)
        column.append("text")
        let arrays = Statement("typed_array", parameters: [.int8Array], "SELECT $1")
        let misused = await postgresError {
            _ = try await connection.run(Batch(arrays, [.array(column)]), within: .seconds(40))
        }
        #expect(misused?.code == .invalidArgument)
        var pair = ArrayColumn(.int8)
        pair.append(Int64(1))
        pair.append(Int64(2))
        let notOnly = await postgresError {
            _ = try await connection.run(Batch(statement, [.onlyValue(of: pair)]), within: .seconds(40))
        }
        #expect(notOnly?.code == .invalidArgument)
        await connection.close()
    }
}

/// Rows of every type, every third value NULL.
private struct Sample {
    static let sql = """
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """

    let count: Int

    var parameters: [Parameter] {
        var uuids = ArrayColumn(.uuid)
        var texts = ArrayColumn(.text)
        var documents = ArrayColumn(.json)
        var longs = ArrayColumn(.int8)
        var ints = ArrayColumn(.int4)
        var shorts = ArrayColumn(.int2)
        var blobs = ArrayColumn(.bytea)
        var moments = ArrayColumn(.timestamptz)
        var flags = ArrayColumn(.bool)
        for index in 0..<count {
            uuids.append(uuid: uuid(index))
            texts.append(text(index))
            documents.append(text(index).map { "{\"text\": \"\($0)\"}" })
            longs.append(long(index))
            ints.append(long(index).map { Int32(truncatingIfNeeded: $0) })
            shorts.append(long(index).map { Int16(truncatingIfNeeded: $0) })
            blobs.append(bytes: bytes(index))
            moments.append(unixMicroseconds: long(index))
            flags.append(index % 3 == 2 ? nil : index.isMultiple(of: 2))
        }
        return [uuids, texts, documents, longs, ints, shorts, blobs, moments, flags].map { .array($0) }
    }

    func check(_ row: Row, _ index: Int) throws {
        #expect(try row.uuidOrNull(0) == uuid(index))
        #expect(try row.stringOrNull(1) == text(index))
        #expect(try row.stringOrNull(2) == text(index).map { "{\"text\": \"\($0)\"}" })
        #expect(try row.int64OrNull(3) == long(index))
        #expect(try row.int32OrNull(4) == long(index).map { Int32(truncatingIfNeeded: $0) })
        #expect(try row.int16OrNull(5) == long(index).map { Int16(truncatingIfNeeded: $0) })
        #expect(try row.bytesOrNull(6) == bytes(index))
        #expect(try row.unixMicrosecondsOrNull(7) == long(index))
        #expect(try row.boolOrNull(8) == (index % 3 == 2 ? nil : index.isMultiple(of: 2)))
    }

    private func uuid(_ index: Int) -> UInt128? {
        index % 3 == 2 ? nil : UInt128(index) << 120 | UInt128(index) | 1 << 64
    }

    private func text(_ index: Int) -> String? {
        index % 3 == 2 ? nil : String(repeating: "ü", count: index % 17)
    }

    private func long(_ index: Int) -> Int64? {
        index % 3 == 2 ? nil : Int64(index) * (index.isMultiple(of: 2) ? 1_000_000_007 : -1_000_000_007)
    }

    private func bytes(_ index: Int) -> [UInt8]? {
        index % 3 == 2 ? nil : [UInt8](repeating: UInt8(truncatingIfNeeded: index), count: index % 5)
    }
}
