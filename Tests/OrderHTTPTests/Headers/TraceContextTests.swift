import Testing

@testable import OrderHTTP

@Suite struct TraceContextTests {
    private let sent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test func goesOnWithTheCallersTraceInASpanOfItsOwn() {
        let trace = TraceContext(traceparent: [sent], tracestate: ["a=1", "b=2"])
        #expect(trace.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(trace.flags == "01")
        #expect(trace.spanID != "00f067aa0ba902b7")
        #expect(trace.tracestate == "a=1,b=2")
        #expect(trace.traceparent.utf8.count == 55)
    }

    @Test(arguments: [
        [], ["x"], ["00-00000000000000000000000000000000-00f067aa0ba902b7-01"],
        ["00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"],
        ["00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"],
        ["01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
        [
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ],
    ])
    func beginsATraceWhereThereIsNone(_ lines: [String]) {
        let trace = TraceContext(traceparent: lines, tracestate: ["a=1"])
        #expect(trace.traceID != "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(trace.traceID.utf8.count == 32)
        #expect(trace.tracestate == nil)
    }
}
