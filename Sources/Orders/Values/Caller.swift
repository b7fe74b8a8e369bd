/// Who sent a command, as the token proved it.
package struct Caller: Sendable, Hashable {
    package let tenant: String
    package let clientID: String
    package let subject: String?
    package let scopes: [String]
    /// The operator who had this caller's command sent again; then it is not the token that names the caller.
    package let replay: Replay?

    package init(tenant: String, clientID: String, subject: String?, scopes: [String], replay: Replay? = nil) {
        self.tenant = tenant
        self.clientID = clientID
        self.subject = subject
        self.scopes = scopes
        self.replay = replay
    }

    package func has(_ scope: Scope) -> Bool {
        scopes.contains(scope.rawValue)
    }
}
