import Testing

@testable import OrderHTTP

@Suite struct IPAddressTests {
    @Test(arguments: [
        "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1.2.3.-4", "", "::1::", ":::", "1:2:3:4:5:6:7", "g::1",
        "1:2:3:4:5:6:7:8:9", "fe80::1%eth0", "12345::", "::1.2.3", "1.2.3.4::", "[::1]", "+1::", "1:2:3:4:5:6:7:8::",
    ])
    func refusesWhatIsNoAddress(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func writesWhatItRead() throws {
        #expect(try #require(IPAddress("192.0.2.255")).description == "192.0.2.255")
        #expect(try #require(IPAddress("2001:DB8::1")).description == "2001:db8:0:0:0:0:0:1")
        #expect(try #require(IPAddress("::")).description == "0:0:0:0:0:0:0:0")
    }

    @Test func mappedAddressIsTheIPv4Address() {
        #expect(IPAddress("::ffff:192.0.2.1") == IPAddress("192.0.2.1"))
        #expect(IPAddress("::ffff:c000:201") == IPAddress("192.0.2.1"))
    }

    @Test func subscriberOfIPv6IsItsNetwork() {
        #expect(IPAddress("2001:db8:1:2:3::4")?.subscriber == IPAddress("2001:db8:1:2::"))
        #expect(IPAddress("192.0.2.1")?.subscriber == IPAddress("192.0.2.1"))
    }
}
