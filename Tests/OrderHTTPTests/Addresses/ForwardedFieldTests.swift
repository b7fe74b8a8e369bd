import Testing

@testable import OrderHTTP

@Suite struct ForwardedFieldTests {
    private func address(_ text: String) throws -> ForwardedNode {
        .address(try #require(IPAddress(text)))
    }

    @Test func readsEveryElementInItsOrder() throws {
        let field =
            #"For="[2001:db8:cafe::17]:4711";proto=https , for=192.0.2.43:80, ,for=_gazonk, for=unknown;by=x,by=y"#
        let expected = [try address("2001:db8:cafe::17"), try address("192.0.2.43"), .hidden, .hidden, .hidden]
        // An unquoted colon is no token character: such an element has not the form.
        #expect(ForwardedField.forwarded(field) == nil)
        let quoted = field.replacing("for=192.0.2.43:80", with: "for=\"192.0.2.43:80\"")
        #expect(ForwardedField.forwarded(quoted) == expected)
    }

    @Test(arguments: [
        "for=", "for", "for=1.2.3", "for=\"1.2.3.4", "for=1.2.3.4;for=1.2.3.5", "for=1.2.3.4 x", "for=\"[::1\"",
        "for=\"::1]\"", "for=_", "for=\"1.2.3.4:x\"",
    ])
    func refusesWhatHasNotTheForm(_ field: String) {
        #expect(ForwardedField.forwarded(field) == nil)
    }

    @Test func xForwardedForTakesPortsAndBareIPv6() throws {
        let nodes = ForwardedField.xForwardedFor("192.0.2.1:5000, 2001:db8::1 ,[2001:db8::2]:80, unknown")
        #expect(nodes == [try address("192.0.2.1"), try address("2001:db8::1"), try address("2001:db8::2"), .hidden])
        #expect(ForwardedField.xForwardedFor("192.0.2.1, evil") == nil)
    }

    @Test func tooManyHopsCountAsNone() {
        #expect(ForwardedField.xForwardedFor(Array(repeating: "192.0.2.1", count: 17).joined(separator: ",")) == nil)
        #expect(
            ForwardedField.xForwardedFor(Array(repeating: "192.0.2.1", count: 16).joined(separator: ","))?.count == 16
        )
    }
}
