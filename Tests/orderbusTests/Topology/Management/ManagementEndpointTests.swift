import Testing
import orderbus

@Suite struct ManagementEndpointTests {
    @Test func aURLIsTakenApart() {
        let endpoint = ManagementEndpoint(url: "http://admin:p%40ss%2F@broker:8080/shop")
        #expect(endpoint?.base == "http://broker:8080")
        #expect(endpoint?.user == "admin")
        #expect(endpoint?.password == "p@ss/")
        #expect(endpoint?.vhost == "shop")
    }

    @Test(arguments: [
        ("http://a:b@h", "http://h:15672", nil as String?), ("https://a:b@h/", "https://h:15671", nil),
        ("http://a:b@[::1]:1/%2F", "http://[::1]:1", "/"), ("HTTPS://a:b@h:443/a%2Fb", "https://h:443", "a/b"),
    ])
    func portAndVirtualHostHaveDefaults(url: String, base: String, vhost: String?) {
        let endpoint = ManagementEndpoint(url: url)
        #expect(endpoint?.base == base)
        #expect(endpoint?.vhost == vhost)
    }

    @Test(arguments: [
        "", "http://h", "http://a@h", "amqp://a:b@h", "http://a:b@", "http://a:b@h/a/b", "http://a:b@h?x=1",
        "http://a:b@h:0", "http://a:b@h:99999", "http://a:b@h/#x",
    ])
    func anythingElseIsRefused(url: String) {
        #expect(ManagementEndpoint(url: url) == nil)
    }

    @Test func namesCannotLeaveTheirPlaceInThePath() {
        let path = ManagementEndpoint.path(["queues", "/", "a/../b?c#d ä"])
        #expect(path == "/api/queues/%2F/a%2F..%2Fb%3Fc%23d%20%C3%A4")
    }
}
