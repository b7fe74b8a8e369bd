/// How many events may be in hand at once, and how many bytes their payloads may have.
///
/// By count alone, the largest orders would take a thousand times the memory of ordinary ones.
package struct EventLimit: Sendable, Hashable {
    package var count: Int
    /// What lies before an event must be less than this: it may be passed by the last one, and one event always fits.
    package var bytes: Int

    package init(count: Int, bytes: Int) {
        self.count = count
        self.bytes = bytes
    }

    /// As many of the first events as keep within.
    package func prefix(of events: [StagedEvent]) -> ArraySlice<StagedEvent> {
        var bytesBefore = 0
        return events.prefix(count).prefix { event in
            defer { bytesBefore += event.payload.count }
            return bytesBefore < max(1, bytes)
        }
    }
}
