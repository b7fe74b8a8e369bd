/// What an operator's token may allow.
package enum DeadLetterScope: String, Sendable, Hashable, CaseIterable {
    case read = "orders:dead:read"
    case replay = "orders:dead:replay"
    case edit = "orders:dead:edit"
    case discard = "orders:dead:discard"
}
