import Testing
import orderbus

@Suite struct WatchPatienceTests {
    private func refused(_ status: Int) -> ConsoleError {
        ConsoleError(status: status, body: [], request: "GET /", base: "http://h")
    }

    /// A watch ended with the first poll that failed, though the replay went on.
    @Test func consoleThatIsAwayForAWhileIsAskedAgain() {
        var patience = WatchPatience()
        let away = ConsoleError(.unreachable("refused"), request: "GET /", base: "http://h")
        let isAskedAgain = [away, refused(503), refused(408)].map { patience.failed($0) }
        #expect(isAskedAgain == [true, true, true])
    }

    @Test func consoleThatStaysAwayIsGivenUp() {
        var patience = WatchPatience()
        var tries = 0
        while patience.failed(refused(503)), tries < 1000 { tries += 1 }
        #expect((5..<120).contains(tries))
    }

    @Test(arguments: [401, 403, 404])
    func answerThatWillNotChangeIsTaken(status: Int) {
        var patience = WatchPatience()
        let isAskedAgain = patience.failed(refused(status))
        #expect(!isAskedAgain)
    }
}
