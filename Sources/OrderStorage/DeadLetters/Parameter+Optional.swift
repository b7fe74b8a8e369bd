internal import Orders
internal import Postgres

extension Parameter {
    /// A text, or NULL.
    static func optional(_ text: String?) -> Parameter {
        text.map { .text($0.storable) } ?? .null(.text)
    }
}

extension TenantReach {
    /// The tenant, or `nil` for all.
    var tenant: String? {
        switch self {
        case .one(let tenant): tenant
        case .all: nil
        }
    }
}
