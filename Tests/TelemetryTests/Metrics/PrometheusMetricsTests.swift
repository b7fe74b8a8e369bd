import CoreMetrics
import Telemetry
import Testing

@Suite struct PrometheusMetricsTests {
    private let metrics = PrometheusMetrics(definitions: [
        MetricDefinition(name: "commands_total", help: "Commands\nby \\outcome."),
        MetricDefinition(name: "step_seconds", help: "Time per step.", buckets: [0.001, 0.1, 1]),
        MetricDefinition(name: "batch_size", help: "", buckets: [10, 1, 100]),
    ])

    private var text: String { String(decoding: metrics.exposition(), as: UTF8.self) }

    @Test func aCounterHasItsHelpItsTypeAndItsLabelsInOrder() {
        let dimensions = [("outcome", "created"), ("command", "order.create.v1")]
        Counter(label: "commands_total", dimensions: dimensions, factory: metrics).increment(by: 2)
        Counter(label: "commands_total", dimensions: dimensions.reversed(), factory: metrics).increment()
        Counter(label: "commands_total", dimensions: [("outcome", "a\"b\\c\nd")], factory: metrics).increment()
        #expect(
            text == """
                # HELP commands_total Commands\\nby \\\\outcome.
                # TYPE commands_total counter
                commands_total{command="order.create.v1",outcome="created"} 3
                commands_total{outcome="a\\"b\\\\c\\nd"} 1

                """
        )
    }

    @Test func aCounterNeverFallsAndNeverTurnsAround() {
        let counter = Counter(label: "x_total", factory: metrics)
        counter.increment(by: 5)
        counter.increment(by: -3)
        #expect(text.contains("x_total 5\n"))
        counter.increment(by: Int64.max)
        #expect(text.contains("x_total 9223372036854775807\n"))
    }

    @Test func aCounterWithoutTheSuffixGetsIt() {
        FloatingPointCounter(label: "spent_seconds", factory: metrics).increment(by: 1.5)
        #expect(text == "# TYPE spent_seconds_total counter\nspent_seconds_total 1.5\n")
    }

    @Test func aGaugeShowsItsLastValue() {
        Gauge(label: "depth", factory: metrics).record(7)
        let meter = Meter(label: "level", factory: metrics)
        meter.set(10.5)
        meter.decrement(by: 0.25)
        #expect(text == "# TYPE depth gauge\ndepth 7\n# TYPE level gauge\nlevel 10.25\n")
    }

    @Test func aTimerIsAHistogramInSecondsWithItsOwnBuckets() {
        let timer = Timer(label: "step_seconds", dimensions: [("step", "commit")], factory: metrics)
        timer.recordMilliseconds(1)
        timer.recordMilliseconds(50)
        timer.recordSeconds(5)
        #expect(
            text == """
                # HELP step_seconds Time per step.
                # TYPE step_seconds histogram
                step_seconds_bucket{step="commit",le="0.001"} 1
                step_seconds_bucket{step="commit",le="0.1"} 2
                step_seconds_bucket{step="commit",le="1"} 2
                step_seconds_bucket{step="commit",le="+Inf"} 3
                step_seconds_sum{step="commit"} 5.051
                step_seconds_count{step="commit"} 3

                """
        )
    }

    @Test func aRecorderIsAHistogramWhoseBucketsAreBroughtIntoOrder() {
        Recorder(label: "batch_size", factory: metrics).record(10)
        #expect(text.contains(#"batch_size_bucket{le="1"} 0"# + "\n" + #"batch_size_bucket{le="10"} 1"#))
    }

    @Test func numbersThatAreNotFiniteAreSpelledAsTheFormatDemands() {
        Gauge(label: "a", factory: metrics).record(Double.infinity)
        Gauge(label: "b", factory: metrics).record(-Double.infinity)
        Gauge(label: "c", factory: metrics).record(Double.nan)
        Recorder(label: "batch_size", factory: metrics).record(Double.nan)
        #expect(text.contains("\na +Inf\n"))
        #expect(text.contains("\nb -Inf\n"))
        #expect(text.contains("\nc NaN\n"))
        #expect(text.contains("batch_size_count 0\n"))
    }

    @Test func callbacksAreAskedAtEachScrape() {
        metrics.gauge("outbox_length") { 3 }
        metrics.gauge("outbox_age_seconds", dimensions: [("lane", "1")]) { nil }
        metrics.counter("read_total") { 4 }
        #expect(text.contains("outbox_length 3\n"))
        #expect(text.contains("read_total 4\n"))
        #expect(!text.contains("\noutbox_age_seconds{"))
    }

    @Test func namesFromElsewhereAreBroughtIntoForm() {
        Counter(label: "http.server-requests", dimensions: [("http.method", "GET")], factory: metrics).increment()
        Recorder(label: "0size", dimensions: [("le", "x")], factory: metrics).record(1)
        #expect(text.contains(#"http_server_requests_total{http_method="GET"} 1"#))
        #expect(text.contains(#"_0size_count{label_le="x"} 1"#))
    }

    @Test func aLabelNamedTwiceIsWrittenOnce() {
        Counter(label: "x_total", dimensions: [("a", "1"), ("a", "2")], factory: metrics).increment()
        #expect(text.contains(#"x_total{a="1"} 1"#))
    }

    @Test func aNameInUseForAnotherKindIsLeftAlone() {
        Counter(label: "x_total", factory: metrics).increment()
        Gauge(label: "x_total", factory: metrics).record(9)
        #expect(text == "# TYPE x_total counter\nx_total 1\n")
    }

    @Test func labelsFromOutsideCannotFillTheMemory() {
        for number in 0..<5000 {
            Counter(label: "x_total", dimensions: [("id", "\(number)")], factory: metrics).increment()
        }
        #expect(text.split(separator: "\n").count == 1001)
    }

    @Test func theProcessTellsOfItself() throws {
        metrics.registerProcess()
        let lines = text.split(separator: "\n")
        func value(_ name: String) throws -> Double {
            let line = try #require(lines.first { $0.hasPrefix(name + " ") })
            return try #require(Double(line.dropFirst(name.count + 1)))
        }
        #expect(try value("process_resident_memory_bytes") > 1_000_000)
        #expect(try value("process_cpu_seconds_total") > 0)
        #expect(try value("process_open_fds") >= 3)
        let start = try value("process_start_time_seconds")
        #expect(start <= Double(WallTime.now.seconds) + 1 && start > Double(WallTime.now.seconds) - 86_400)
    }
}
