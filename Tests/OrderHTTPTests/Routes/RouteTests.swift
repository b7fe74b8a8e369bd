import Testing

@testable import OrderHTTP

@Suite struct RouteTests {
    @Test func findsWhatThereIs() {
        #expect(Route(path: "/v1/orders") == .orders)
        #expect(Route(path: "/v1/orders/x") == .order(id: "x"))
        #expect(Route(path: "/v1/orders/x/cancel") == .cancellation(id: "x"))
        #expect(Route(path: "/openapi.json") == .document)
        #expect(Route(path: "/docs/page.js") == .page(.script))
    }

    @Test(arguments: [
        "/", "/v1", "/v1/orders/", "/v1/orders//cancel", "/v1/orders/x/", "/v1/orders/x/cancel/", "/v1/orders/x/y",
        "/V1/orders", "/v1/ordersx", "/docs/", "",
    ])
    func nothingElse(_ path: String) {
        #expect(Route(path: path) == nil)
    }
}
