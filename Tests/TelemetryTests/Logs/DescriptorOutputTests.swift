import Glibc
import Telemetry
import Testing

@Suite struct DescriptorOutputTests {
    @Test func aFullPipeTakesNothingAndNobodyWaits() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        let output = DescriptorOutput(descriptor: ends[1])
        let bytes = [UInt8](repeating: 120, count: 1024 * 1024)
        let first = try output.write(bytes[...])
        #expect(first > 0 && first < bytes.count)
        #expect(try output.write(bytes[first...]) == 0)

        var sink = [UInt8](repeating: 0, count: 65536)
        try #require(read(ends[0], &sink, sink.count) > 0)
        #expect(try output.write(bytes[first...]) > 0)
    }

    @Test func aFullSocketTakesNothingAndNobodyWaits() throws {
        var ends: [Int32] = [0, 0]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        defer { ends.forEach { close($0) } }
        let output = DescriptorOutput(descriptor: ends[1])
        let bytes = [UInt8](repeating: 120, count: 4 * 1024 * 1024)
        let first = try output.write(bytes[...])
        #expect(first > 0 && first < bytes.count)
        #expect(try output.write(bytes[first...]) == 0)
    }

    @Test func aReaderThatIsGoneIsAnErrorAndNoSignal() throws {
        var ends: [Int32] = [0, 0]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        let output = DescriptorOutput(descriptor: ends[1])
        #expect(throws: LogOutputError.self) { try output.write([120]) }
    }

    @Test func aClosedDescriptorIsAnError() {
        #expect(throws: LogOutputError.self) { try DescriptorOutput(descriptor: 999).write([120]) }
    }
}
