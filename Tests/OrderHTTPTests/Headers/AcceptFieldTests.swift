import Testing

@testable import OrderHTTP

@Suite struct AcceptFieldTests {
    @Test(arguments: [
        ("*/*", true, false),
        ("application/json", true, false),
        ("application/*;q=0.1", true, false),
        ("text/html", false, false),
        ("text/html, */*;q=0.1", true, false),
        ("application/json;q=0", false, false),
        ("application/json;q=0, */*", false, false),
        ("application/problem+json", true, true),
        ("application/problem+json, application/json", true, true),
        ("application/json, application/problem+json;q=0.5", true, false),
        ("application/problem+json;q=0", false, false),
        ("APPLICATION/JSON ; charset=utf-8", true, false),
        ("garbage", true, false),
    ])
    func knowsWhatTheCallerReads(_ field: String, _ takesJSON: Bool, _ wantsProblems: Bool) {
        let accept = AcceptField([field])
        #expect(accept.takesJSON == takesJSON)
        #expect(accept.wantsProblems == wantsProblems)
    }
}
