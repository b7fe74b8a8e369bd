import Orders
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_766_785_510_123, "2025-12-26T21:45:10.123Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
        (-1, "1969-12-31T23:59:59.999Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ])
    func isWrittenAsRFC3339(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2025-12-26", "2025-12-26T21:45:10Z", "2025-12-26T21:45:10.123z", "2025-12-26 21:45:10.123Z",
        "2025-02-30T00:00:00.000Z", "2025-13-01T00:00:00.000Z", "2025-00-01T00:00:00.000Z", "2025-01-00T00:00:00.000Z",
        "2025-01-01T24:00:00.000Z", "2025-01-01T00:60:00.000Z", "+025-01-01T00:00:00.000Z", "2025-12-26T21:45:10.123Z ",
        "２025-12-26T21:45:10.123Z",
    ])
    func whatItWouldNotWriteIsNotRead(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(arguments: 0..<100 as Range<Int64>)
    func everyDayIsReadAsItWasWritten(step: Int64) {
        let moment = Timestamp(milliseconds: step * 86_400_000 * 367 + step * 997_331)
        #expect(Timestamp(moment.description) == moment)
    }
}
