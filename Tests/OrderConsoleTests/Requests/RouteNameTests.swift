import Testing

@testable import OrderConsole

@Suite struct RouteNameTests {
    private func name(_ path: String) -> String { RouteName.of(path.split(separator: "/").map(String.init)) }

    @Test(arguments: [
        ("/", "page"), ("/letters/dl_1", "page"), ("/assets/console.js", "page"), ("/session", "/session"),
        ("/v1/dead/letters", "/v1/dead/letters"), ("/v1/dead/letters/dl_1", "/v1/dead/letters/{id}"),
        ("/v1/dead/replays/rj_1/pause", "/v1/dead/replays/{id}/pause"), ("/v1/audit/verify", "/v1/audit/verify"),
    ])
    func pathIsCalledByItsRoute(path: String, name: String) {
        #expect(self.name(path) == name)
    }

    /// Or every path that somebody makes up would be a series of its own.
    @Test(arguments: ["/v1/dead/groups/groups/groups", "/v1/dead/letters/x/y", "/wp-login.php", "/v1", "/v1/dead/x"])
    func inventedPathsShareOneName(path: String) {
        #expect(name(path) == "none")
    }
}
