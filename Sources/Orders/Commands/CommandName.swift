/// The commands of the contract, by routing key.
package enum CommandName: String, Sendable, Hashable, CaseIterable {
    case create = "order.create.v1"
    case cancel = "order.cancel.v1"
    case get = "order.get.v1"
    case list = "order.list.v1"

    /// Whether it changes nothing, so that it may be lost and asked again.
    package var isRead: Bool {
        switch self {
        case .create, .cancel: false
        case .get, .list: true
        }
    }

    package var requiredScope: Scope { isRead ? .ordersRead : .ordersWrite }
}
