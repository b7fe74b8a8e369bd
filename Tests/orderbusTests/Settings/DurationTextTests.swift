import Testing
import orderbus

@Suite struct DurationTextTests {
    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("15s", .seconds(15)), ("2m", .seconds(120)), ("1h", .seconds(3600)),
        ("25h", .seconds(90_000)), ("30d", .seconds(30 * 86_400)), ("0s", .zero),
    ])
    func isReadAndWrittenTheSame(text: String, duration: Duration) {
        #expect(DurationText.parse(text) == duration)
        #expect(DurationText.text(duration) == text)
    }

    @Test(arguments: [
        "", "15", "s", "1.5s", "-1s", " 1s", "1 s", "1S", "1w", "٣s", "99999999999999999999s", "31536000000h", "366h0",
        "36501d", "9223372036854775807d",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(DurationText.parse(text) == nil)
    }
}
