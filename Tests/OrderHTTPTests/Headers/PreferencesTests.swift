import Testing

@testable import OrderHTTP

@Suite struct PreferencesTests {
    @Test(
        arguments: [
            ([], false, nil),
            (["respond-async"], true, nil),
            (["Respond-Async, wait=5"], true, 5),
            (["wait=5", "respond-async"], true, 5),
            (["foo; bar=1; wait=9, wait=\"3\" ;x"], false, 3),
            (["wait=1, wait=2"], false, 1),
            (["wait=-1"], false, nil),
            (["wait=1.5"], false, nil),
            (["wait"], false, nil),
            (["respond-async=no"], false, nil),
            (["=, respond-async"], false, nil),
            (["wait=999999999"], false, 3600),
            (["wait=9999999999999999999999"], false, nil),
        ] as [([String], Bool, Int?)]
    )
    func readsWhatItUnderstands(_ lines: [String], _ isAsynchronous: Bool, _ wait: Int?) {
        let preferences = Preferences(lines)
        #expect(preferences.isAsynchronous == isAsynchronous)
        #expect(preferences.wait == wait.map { .seconds($0) })
    }

    @Test func saysWhatItApplied() {
        #expect(Preferences([]).wait(atMost: .seconds(2)) == (.seconds(2), nil))
        #expect(Preferences(["wait=1"]).wait(atMost: .seconds(2)) == (.seconds(1), "wait=1"))
        #expect(Preferences(["wait=9"]).wait(atMost: .seconds(2)) == (.seconds(2), nil))
        #expect(Preferences(["respond-async, wait=1"]).wait(atMost: .seconds(2)) == (.zero, "respond-async"))
    }
}
