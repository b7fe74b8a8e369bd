import Glibc
import Testing

@testable import AMQP

@Suite(.timeLimit(.minutes(3))) struct WatchdogTests {
    private func withSockets(_ body: (Int32) throws -> Void) rethrows {
        var sockets: [Int32] = [-1, -1]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &sockets) == 0)
        defer { for socket in sockets { close(socket) } }
        try body(sockets[0])
    }

    @Test func aCallThatHangsIsEnded() throws {
        withSockets { socket in
            let start = ContinuousClock.now
            let error = #expect(throws: AMQPError.self) {
                try Watchdog.shared.guarding(socket, for: .milliseconds(300)) { () throws(AMQPError) in
                    var byte: UInt8 = 0
                    _ = recv(socket, &byte, 1, 0)
                }
            }
            #expect(error?.code == .timedOut)
            #expect(ContinuousClock.now - start < .seconds(30))
        }
    }

    @Test func aCallInTimeIsLeftAlone() throws {
        try withSockets { socket in
            let result = try Watchdog.shared.guarding(socket, for: .seconds(30)) { () throws(AMQPError) in 5 }
            #expect(result == 5)
            #expect(send(socket, [1], 1, Int32(MSG_NOSIGNAL)) == 1)
        }
    }
}
