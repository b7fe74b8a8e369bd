import Telemetry
import Testing

@Suite struct OutageLogTests {
    @Test func anOutageIsTwoLinesAndReadinessFollows() {
        let output = RecordingOutput()
        let sink = LogSink(output: output, style: LogStyle(format: .json))
        let readiness = Readiness(dependencies: ["database"])
        let log = OutageLog(dependency: "database", sink: sink, readiness: readiness)
        let start = ContinuousClock.now

        log.back(at: start)
        #expect(readiness.isReady)
        for attempt in 0..<1000 {
            log.away(reason: "connection refused", at: start.advanced(by: .milliseconds(attempt)))
        }
        #expect(!readiness.isReady)
        #expect(readiness.snapshot.dependencies[0].reason == "connection refused")
        log.back(at: start.advanced(by: .milliseconds(2500)))
        sink.flush()

        #expect(readiness.isReady)
        #expect(output.lines.count == 2)
        #expect(output.lines[0].contains(#""message":"dependency is away","dependency":"database""#))
        #expect(output.lines[1].contains(#""message":"dependency is back","dependency":"database","away_seconds":2.5"#))
    }
}
