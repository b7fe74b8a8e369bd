internal import HTTPTypes

/// What a path names.
enum Route: Hashable {
    case orders
    /// The order's id as written, which may be none.
    case order(id: String)
    case cancellation(id: String)
    case document
    case page(PageFile)

    /// Finds the route; `nil` for a path that names nothing.
    ///
    /// - Parameter path: without its query. Ids need no escapes, so a path with one names nothing.
    init?(path: String) {
        if path == "/v1/orders" {
            self = .orders
        } else if path.hasPrefix("/v1/orders/") {
            let parts = path.dropFirst("/v1/orders/".count).split(separator: "/", omittingEmptySubsequences: false)
            switch parts.count {
            case 1 where !parts[0].isEmpty: self = .order(id: String(parts[0]))
            case 2 where !parts[0].isEmpty && parts[1] == "cancel": self = .cancellation(id: String(parts[0]))
            default: return nil
            }
        } else if path == "/openapi.json" {
            self = .document
        } else if let file = PageFile(path: path) {
            self = .page(file)
        } else {
            return nil
        }
    }

    /// In the order in which `Allow` names them.
    var methods: [HTTPRequest.Method] {
        switch self {
        case .orders: [.get, .head, .post]
        case .cancellation: [.post]
        case .order, .document, .page: [.get, .head]
        }
    }

    /// The route as logs and metrics name it, without ids.
    var template: String {
        switch self {
        case .orders: "/v1/orders"
        case .order: "/v1/orders/{id}"
        case .cancellation: "/v1/orders/{id}/cancel"
        case .document: "/openapi.json"
        case .page: "/docs"
        }
    }

    /// What it is called where there is no route.
    static let noTemplate = "none"
}
