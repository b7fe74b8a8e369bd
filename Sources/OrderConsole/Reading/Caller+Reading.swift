internal import JSON
internal import OrderHTTP
internal import Orders

extension Caller {
    /// Reads a caller as the console shows it.
    init(sent node: JSONNode) throws(Problem) {
        var members = try Members(node, "caller")
        let tenant = try members.required("tenant")
        let client = try members.required("clientId")
        let subject = try members.text("subject")
        let sent = members.node("scopes")
        let scopes = sent?.elements.compactMap(\.asString) ?? []
        try members.finish()
        guard sent.map({ $0.kind == .array && $0.count == scopes.count }) ?? true else {
            throw .wrong("scopes", "must be a list of strings")
        }
        guard [tenant, client, subject ?? client].allSatisfy({ (1...255).contains($0.utf8.count) }) else {
            throw .wrong("caller", "has a name that is empty or too long")
        }
        self.init(tenant: tenant, clientID: client, subject: subject, scopes: scopes)
    }
}
