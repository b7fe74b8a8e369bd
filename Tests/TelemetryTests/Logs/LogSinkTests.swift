import Logging
import ServiceLifecycleTestKit
import Telemetry
import Testing

@Suite struct LogSinkTests {
    private static let time = WallTime(seconds: 1_766_785_510, nanoseconds: 123_000_000)
    private let output = RecordingOutput()

    private func sink(
        _ format: LogFormat = .json,
        isColoured: Bool = false,
        level: Logger.Level = .info,
        capacityBytes: Int = 1024 * 1024
    ) -> LogSink {
        LogSink(
            output: output,
            style: LogStyle(format: format, isColoured: isColoured),
            level: level,
            capacityBytes: capacityBytes,
            clock: { Self.time }
        )
    }

    @Test func aRecordIsOneJSONLine() {
        let sink = sink()
        sink.record(.info, "command done", logger: "worker") { line in
            line.field("command", "order.create.v1")
            line.field("tenant", "ac\"me\u{1B}")
            line.field("code", 201)
            line.field("smallest", Int64.min)
            line.field("replayed", false)
            line.field("ratio", 0.5)
            line.field("infinite", Double.infinity)
            line.field("duration_ms", milliseconds: .microseconds(12_034))
            line.field("key", bytes: ([0x61, 0x62] as [UInt8]).span)
        }
        sink.flush()
        #expect(
            output.text == #"{"time":"2025-12-26T21:45:10.123Z","level":"info","logger":"worker","#
                + #""message":"command done","command":"order.create.v1","tenant":"ac\"me\u001b","code":201,"#
                + #""smallest":-9223372036854775808,"replayed":false,"ratio":0.5,"infinite":"inf","#
                + #""duration_ms":12.034,"key":"ab"}"# + "\n"
        )
    }

    @Test func aPrettyRecordQuotesOnlyWhatNeedsIt() {
        let sink = sink(.pretty)
        sink.record(.info, "command done", logger: "worker") { line in
            line.field("command", "order.create.v1")
            line.field("reason", "out of stock")
            line.field("empty", "")
        }
        sink.flush()
        #expect(
            output.text == "2025-12-26T21:45:10.123Z INFO     command done logger=worker "
                + #"command=order.create.v1 reason="out of stock" empty="""# + "\n"
        )
    }

    @Test func coloursAreForTerminalsAndNeverInJSON() {
        sink(.pretty, isColoured: true).record(.error, "x", logger: "y")
        #expect(output.text.contains("\u{1B}[1;31mERROR   \u{1B}[0m x"))
        let json = RecordingOutput()
        LogSink(output: json, style: LogStyle(format: .json, isColoured: true)).record(.error, "x", logger: "y")
        #expect(!json.text.contains("\u{1B}"))
    }

    @Test func recordsBelowTheLevelCostNothingAndShowNothing() {
        let sink = sink(level: .warning)
        sink.record(.info, "quiet", logger: "y") { _ in Issue.record("fields of a quiet record were asked for") }
        sink.flush()
        #expect(output.text.isEmpty)
    }

    @Test func informationWaitsAndAWarningBringsItAlongAtOnce() {
        let sink = sink()
        sink.record(.info, "first", logger: "y")
        #expect(output.text.isEmpty)
        sink.record(.warning, "second", logger: "y")
        #expect(output.lines.count == 2)
        #expect(output.lines[0].contains("first"))
    }

    @Test func aFullBufferIsFlushedByWhoeverLogsNext() {
        let sink = sink()
        for _ in 0..<1000 {
            sink.record(.info, "filling", logger: "y")
        }
        #expect(output.lines.count > 500)
    }

    @Test func aSlowReaderGetsEveryLineWholeAndInOrder() {
        let sink = sink()
        output.allow(10)
        for number in 0..<50 {
            sink.record(.warning, "numbered", logger: "y") { $0.field("number", number) }
        }
        #expect(output.text.utf8.count == 10)
        for _ in 0..<1000 {
            output.allow(7)
            sink.flush()
        }
        #expect(output.lines.count == 50)
        #expect(output.lines.enumerated().allSatisfy { $1.hasSuffix(#""number":\#($0)}"#) })
    }

    @Test func linesThatDoNotFitAreCountedAndSaid() {
        let sink = sink(capacityBytes: 1000)
        output.allow(0)
        for number in 0..<100 {
            sink.record(.warning, "numbered", logger: "y") { $0.field("number", number) }
        }
        output.allow(.max)
        sink.record(.warning, "after", logger: "y")
        sink.flush()
        let kept = output.lines.count { $0.contains("numbered") }
        #expect(kept > 0)
        #expect(output.lines.contains { $0.contains(#""message":"log lines dropped","count":\#(101 - kept)}"#) })
        sink.record(.warning, "later", logger: "y")
        #expect(output.lines.last?.contains("later") == true)
    }

    @Test func linesThatTheOutputLostAreCountedAndSaid() {
        let sink = sink()
        output.break()
        sink.record(.warning, "lost", logger: "y")
        output.mend()
        sink.record(.warning, "kept", logger: "y")
        #expect(output.lines.count == 2)
        #expect(output.lines[0].contains("kept"))
        #expect(output.lines[1].contains(#""count":1}"#))
    }

    @Test func shutdownFlushesWhatWaits() async throws {
        let sink = sink()
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await sink.run() }
                sink.record(.info, "last words", logger: "y")
                trigger.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
        #expect(output.lines.count == 1)
    }

    @Test func theEndWaitsForASlowReaderOnlySoLong() {
        let sink = sink()
        output.allow(0)
        sink.record(.info, "stuck", logger: "y")
        sink.finish(within: .milliseconds(5))
        #expect(sink.pendingBytes > 0)
    }
}
