import ArgumentParser
import Glibc
import Testing
import ThreadExecutor
import orderbus

@Suite struct OutputLossTests {
    private struct Root: AsyncParsableCommand {}

    @Test func aFullDiskIsALossAndSaysSo() throws {
        let device = open("/dev/full", O_WRONLY | O_CLOEXEC)
        try #require(device >= 0)
        defer { close(device) }
        let error = try #require(Descriptor.write(Array("result\n".utf8), to: device))
        let loss = try #require(OutputLoss(error))
        let ending = CommandLineRun.ending(of: loss, from: Root.self)
        #expect(ending.code == 1)
        #expect(ending.stream == .error)
        #expect(ending.text.contains("No space left on device"))
    }

    @Test func aReaderThatHasEnoughIsNoLoss() {
        #expect(OutputLoss(EPIPE) == nil)
    }

    @Test func aFullPipeThatDoesNotBlockIsWaitedFor() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (reading, writing) = (ends[0], ends[1])
        try #require(fcntl(writing, F_SETFL, O_NONBLOCK) == 0)
        let written = [UInt8](repeating: 7, count: 1024 * 1024)
        // On a thread of its own: writer and reader wait for each other, and the pool's threads may all be busy.
        let executor = ThreadExecutor(name: "reader")
        let counting = Task(executorPreference: executor) { Self.count(reading) }
        #expect(Descriptor.write(written, to: writing) == nil)
        close(writing)
        #expect(await counting.value == written.count)
        close(reading)
    }

    /// How much comes until the end.
    private static func count(_ descriptor: Int32) -> Int {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        var total = 0
        while true {
            var target = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&target, 1, 60_000) > 0 else { return total }
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return total }
            total += count
        }
    }
}
