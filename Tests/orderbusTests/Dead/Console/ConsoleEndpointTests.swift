import Testing
import orderbus

@Suite struct ConsoleEndpointTests {
    private func read(_ environment: [String: String]) throws -> ConsoleEndpoint {
        try Settings.load(from: environment, ConsoleEndpoint.init).value
    }

    @Test func theConsoleIsAtHomeUnlessSaidOtherwise() throws {
        let endpoint = try read(["ORDERBUS_TOKEN": "a.b.c"])
        #expect(endpoint.base == "http://127.0.0.1:3001")
        #expect(try read(["ORDERBUS_TOKEN": "t", "CONSOLE_URL": "https://c.example//"]).base == "https://c.example")
    }

    @Test func missingAndImpossibleSettingsAreAllNamed() {
        #expect {
            try read(["CONSOLE_URL": "ftp://c.example", "ORDERBUS_TOKEN": "two words"])
        } throws: { error in
            let words = (error as? SettingsError)?.explanation.text() ?? ""
            return words.contains("CONSOLE_URL") && words.contains("ORDERBUS_TOKEN") && !words.contains("two words")
        }
        #expect(throws: SettingsError.self) { try read([:]) }
    }

    @Test func authoritiesAreForTLSAlone() throws {
        let settings = ["ORDERBUS_TOKEN": "t", "CONSOLE_CA_FILE": "/ca.pem"]
        #expect(throws: SettingsError.self) { try read(settings) }
        let secure = settings.merging(["CONSOLE_URL": "https://c.example"]) { $1 }
        #expect(try read(secure).authorityFile == "/ca.pem")
        #expect(try read(["ORDERBUS_TOKEN": "t"]).authorityFile == nil)
    }

    @Test func hostileArgumentsCannotLeaveTheirPlaceInTheAddress() {
        let path = ConsoleEndpoint.path(
            ["v1", "dead", "letters", "../x?y#z"],
            query: [("text", "a&b=c é"), ("state", nil)]
        )
        #expect(path == "/v1/dead/letters/..%2Fx%3Fy%23z?text=a%26b%3Dc%20%C3%A9")
    }
}
