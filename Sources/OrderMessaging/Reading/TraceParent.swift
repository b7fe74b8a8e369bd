/// The form of a W3C `traceparent` of version 00.
///
/// Source: W3C Trace Context, §3.2.
enum TraceParent {
    static func isWellFormed(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count == 55 else { return false }
        let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [2, 32, 16, 2], parts.allSatisfy({ $0.allSatisfy(isHexadecimal) }) else {
            return false
        }
        let zero = UInt8(ascii: "0")
        return parts[0].allSatisfy { $0 == zero } && parts[1].contains { $0 != zero }
            && parts[2].contains { $0 != zero }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
