/// Whose letters somebody may see and touch.
package enum TenantReach: Sendable, Hashable {
    case one(String)
    /// Also letters whose tenant nobody could prove.
    case all

    package func includes(_ tenant: String?) -> Bool {
        switch self {
        case .one(let own): own.isSameName(as: tenant)
        case .all: true
        }
    }
}
