/// The commands of the contract, by routing key.
package enum CommandName: String, Sendable, Hashable, CaseIterable {
    case create = "order.create.v1"
    case cancel = "order.cancel.v1"
    case get = "order.get.v1"
    case list = "order.list.v1"

    package var requiredScope: Scope {
        switch self {
        case .create, .cancel: .ordersWrite
        case .get, .list: .ordersRead
        }
    }
}
