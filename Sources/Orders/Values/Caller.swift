/// Who sent a command, as the token proved it.
package struct Caller: Sendable, Hashable {
    package let tenant: String
    package let clientID: String
    package let subject: String?
    package let scopes: [String]

    package init(tenant: String, clientID: String, subject: String?, scopes: [String]) {
        self.tenant = tenant
        self.clientID = clientID
        self.subject = subject
        self.scopes = scopes
    }

    package func has(_ scope: Scope) -> Bool {
        scopes.contains(scope.rawValue)
    }
}
