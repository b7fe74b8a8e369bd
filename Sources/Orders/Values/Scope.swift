/// What a token may allow, as OAuth 2 scopes name it.
package enum Scope: String, Sendable, Hashable, CaseIterable {
    case ordersWrite = "orders:write"
    case ordersRead = "orders:read"
}
