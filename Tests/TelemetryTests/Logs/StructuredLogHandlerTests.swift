import Logging
import Telemetry
import Testing

@Suite struct StructuredLogHandlerTests {
    private struct Refusal: Error, CustomStringConvertible {
        let description = "refused\nhere"
    }

    private let output = RecordingOutput()

    private func logger(_ format: LogFormat = .json, provider: Logger.MetadataProvider? = nil) -> Logger {
        let sink = LogSink(
            output: output,
            style: LogStyle(format: format),
            clock: { WallTime(seconds: 0) }
        )
        return Logger(label: "orders") { StructuredLogHandler(label: $0, sink: sink, metadataProvider: provider) }
    }

    @Test func metadataStandsFlatInOrderOfName() {
        var logger = logger()
        logger[metadataKey: "tenant"] = "acme"
        logger.warning("stored", metadata: ["count": "\(2)", "number": .stringConvertible(2), "a": ["x", ["y": "z"]]])
        #expect(
            output.text == #"{"time":"1970-01-01T00:00:00.000Z","level":"warning","logger":"orders","#
                + #""message":"stored","a":["x",{"y":"z"}],"count":"2","number":2,"tenant":"acme"}"# + "\n"
        )
    }

    @Test func theRecordsOwnMetadataGoesBeforeTheLoggersAndTheProviders() {
        var logger = logger(provider: Logger.MetadataProvider { ["trace": "provider", "span": "provider"] })
        logger[metadataKey: "span"] = "logger"
        logger[metadataKey: "key"] = "logger"
        logger.warning("x", metadata: ["key": "record"])
        #expect(output.text.contains(#""key":"record","span":"logger","trace":"provider""#))
    }

    @Test func aKeyCannotPretendToBeTheMessage() {
        logger().warning("honest", metadata: ["message": "forged", "evil\"key\n": "x"])
        #expect(output.text.contains(#""message":"honest","evil\"key\n":"x","metadata.message":"forged""#))
    }

    @Test func aLineBreakInAMessageMakesNoSecondLine() {
        for format in LogFormat.allCases {
            logger(format).warning("one\ntwo\u{1B}[2J")
        }
        #expect(output.lines.count == LogFormat.allCases.count)
        #expect(!output.text.contains("\u{1B}"))
    }

    @Test func aLoggersOwnLevelDecides() {
        var logger = logger()
        logger.debug("unseen")
        logger.logLevel = .debug
        logger.debug("seen")
        logger.warning("flush")
        #expect(output.lines.count == 2)
        #expect(output.lines[0].contains("seen"))
    }

    @Test func anErrorIsAField() {
        logger().error("failed", error: Refusal())
        #expect(output.text.contains(#""message":"failed","error":"refused\nhere""#))
    }

    @Test func metadataWithoutEndIsCut() {
        var value: Logger.MetadataValue = "bottom"
        for _ in 0..<100 {
            value = [value]
        }
        logger().warning("deep", metadata: ["deep": value])
        #expect(output.text.contains("[\"…\"]"))
    }
}
