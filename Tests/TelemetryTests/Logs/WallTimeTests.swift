import Telemetry
import Testing

@Suite struct WallTimeTests {
    @Test(arguments: [
        (0, 0, "1970-01-01T00:00:00.000Z"),
        (1_766_785_510, 123_999_999, "2025-12-26T21:45:10.123Z"),
        (951_782_400, 1_000_000, "2000-02-29T00:00:00.001Z"),
        (4_107_542_399, 999_000_000, "2100-02-28T23:59:59.999Z"),
        (4_107_542_400, 0, "2100-03-01T00:00:00.000Z"),
        (-1, 0, "1969-12-31T23:59:59.000Z"),
        (253_402_300_799, 0, "9999-12-31T23:59:59.000Z"),
    ])
    func isWrittenAsRFC3339InUTC(seconds: Int64, nanoseconds: Int32, text: String) {
        #expect(WallTime(seconds: seconds, nanoseconds: nanoseconds).rfc3339 == text)
    }

    @Test func aClockThatIsFarOutStillGivesText() {
        #expect(WallTime(seconds: .max).rfc3339 == "9999-12-31T23:59:59.000Z")
        #expect(WallTime(seconds: .min).rfc3339 == "0000-01-01T00:00:00.000Z")
    }
}
