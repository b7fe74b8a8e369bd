/// This request's place in a distributed trace.
///
/// Source: W3C Trace Context §3.
package struct TraceContext: Sendable, Hashable {
    /// 32 lower-case hexadecimal digits, shared by all that one call causes.
    package let traceID: String
    /// 16 digits: this request's own span, drawn here.
    package let spanID: String
    /// Two digits, as the caller sent them; `00` in a trace that begins here.
    package let flags: String
    /// As the caller sent it, at most 512 bytes; meaningless without its `traceparent`.
    package let tracestate: String?

    /// What goes out with the command and the response.
    package var traceparent: String { "00-\(traceID)-\(spanID)-\(flags)" }

    /// Goes on with the caller's trace, or begins one where the field is missing, repeated or malformed.
    package init(traceparent: [String], tracestate: [String]) {
        spanID = Self.digits(of: RandomWords.next() | 1)
        let parts = traceparent.count == 1 ? traceparent[0].split(separator: "-", omittingEmptySubsequences: false) : []
        if Self.isWellFormed(parts) {
            traceID = String(parts[1])
            flags = String(parts[3])
            let state = tracestate.joined(separator: ",")
            self.tracestate = state.isEmpty || state.utf8.count > 512 ? nil : state
        } else {
            traceID = Self.digits(of: RandomWords.next()) + Self.digits(of: RandomWords.next() | 1)
            flags = "00"
            self.tracestate = nil
        }
    }

    private static func isWellFormed(_ parts: [Substring]) -> Bool {
        guard parts.map(\.utf8.count) == [2, 32, 16, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } })
        else { return false }
        return parts[0] == "00" && parts[1].contains { $0 != "0" } && parts[2].contains { $0 != "0" }
    }

    private static func digits(of value: UInt64) -> String {
        let digits: StaticString = "0123456789abcdef"
        return digits.withUTF8Buffer { digits in
            String(unsafeUninitializedCapacity: 16) { text in
                for position in 0..<16 {
                    text[position] = digits[Int(truncatingIfNeeded: value >> UInt64(60 - 4 * position) & 15)]
                }
                return 16
            }
        }
    }
}
