import Testing
import orderbus

@Suite struct ConsoleErrorTests {
    private func error(_ status: Int, _ body: String) -> ConsoleError {
        ConsoleError(status: status, body: Array(body.utf8), request: "POST /v1/dead/replays", base: "http://c")
    }

    @Test func aRefusalTellsWhatWhereAndWhatToDo() {
        let body = """
            {"error":{"code":"VALIDATION_FAILED","message":"Not like this","details":[{"field":"items","message":"is empty"}],\
            "correlationId":"r-7"}}
            """
        let text = error(422, body).explanation.text()
        for words in [
            "VALIDATION_FAILED: Not like this", "items: is empty", "POST /v1/dead/replays at http://c", "r-7",
        ] {
            #expect(text.contains(words))
        }
    }

    @Test(arguments: [(401, "ORDERBUS_TOKEN"), (403, "scope"), (409, "dead show"), (503, "dead drain")])
    func theAdviceFitsTheStatus(status: Int, words: String) {
        #expect(error(status, "{}").explanation.advice?.contains(words) == true)
    }

    @Test func whatTheConsoleCannotReadIsWrongUsage() {
        #expect(error(400, "{}").explanation.status == .wrongUsage)
        #expect(error(409, "{}").explanation.status == .failed)
    }

    @Test func strangersCertificateIsNotTakenForAnOutage() {
        func advice(_ words: String) -> String {
            ConsoleError(.unreachable(words), request: "GET /", base: "https://c").explanation.advice ?? ""
        }
        #expect(advice("handshakeFailed(… CERTIFICATE_VERIFY_FAILED …)").contains("CONSOLE_CA_FILE"))
        #expect(advice("connectTimeout").contains("dead drain"))
    }

    @Test func whatIsNoErrorOfTheConsoleIsShownWithoutEscapes() {
        let text = error(502, "<h1>\u{1B}[31mBad gateway</h1>").explanation.text()
        #expect(text.contains("STATUS_502") && text.contains("Bad gateway") && !text.contains("\u{1B}"))
    }
}
