import Testing

@testable import OrderHTTP

@Suite struct ContentTypeFieldTests {
    @Test(arguments: [
        "application/json", "Application/JSON; Charset=\"UTF-8\"", "application/json;charset=utf-8;",
        "application/json; profile=x",
    ])
    func takesJSON(_ value: String) {
        #expect(ContentTypeField.isJSON(value))
    }

    @Test(arguments: [
        "text/plain", "application/json; charset=latin1", "application/jsonx", "application/problem+json", "",
        "application/json text/html", "application/json; charset",
    ])
    func refusesOthers(_ value: String) {
        #expect(!ContentTypeField.isJSON(value))
    }
}
