import Orders
import Testing

@Suite struct OperatorTests {
    @Test func nothingIsAllowedThatTheTokenDoesNotSay() {
        let caller = Caller(
            tenant: "acme",
            clientID: "ops",
            subject: "ann",
            scopes: ["orders:read", "orders:dead:read"]
        )
        let who = Operator(caller, operatingTenant: nil)
        #expect(throws: Never.self) { try who.require(.read) }
        for scope in DeadLetterScope.allCases where scope != .read {
            #expect(throws: Refusal.self) { try who.require(scope) }
        }
        #expect(who.name == "ann (ops)")
    }

    @Test func onlyTheOperatingTenantSeesOthers() {
        let caller = Caller(tenant: "platform", clientID: "ops", subject: nil, scopes: [])
        #expect(Operator(caller, operatingTenant: "platform").reach == .all)
        #expect(Operator(caller, operatingTenant: nil).reach == .one("platform"))
        #expect(!TenantReach.one("acme").includes(nil))
        #expect(!TenantReach.one("acme").includes("umbrella"))
        #expect(!TenantReach.one("caf\u{e9}").includes("cafe\u{301}"), "another name, however it looks")
    }
}
