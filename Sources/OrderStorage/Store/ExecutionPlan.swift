internal import Orders

/// In which order the commands of a batch are done.
///
/// The commands of a wave are done kind by kind: creates, cancels, gets, lists, each kind in one statement. A command
/// whose kind has already passed in its wave, as far as its order can tell, goes into a later one; so the outcome is as
/// if all were done one after the other. Nearly every batch is one wave.
struct ExecutionPlan {
    struct Wave {
        /// Positions of the requests, by kind.
        var creates: [Int] = []
        var cancels: [Int] = []
        var gets: [Int] = []
        var lists: [Int] = []
    }

    private enum Kind: Int, Comparable {
        case create, cancel, get, list

        static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    private(set) var waves: [Wave] = []
    /// The orders that creates name, by position; `nil` for other commands.
    let orderIDs: [OrderID?]

    init(_ requests: [StoreRequest]) {
        orderIDs = requests.map(Self.orderID)
        if requests.allSatisfy({ Self.kind($0) == .create }) {
            // One kind needs no bookkeeping, and this is the one that comes by the thousand.
            waves = [Wave(creates: Array(requests.indices))]
            return
        }
        var wave = Wave()
        var reached: [OrderID: Kind] = [:]
        var hasList = false
        for (position, request) in requests.enumerated() {
            let kind = Self.kind(request)
            let orderID = orderIDs[position]
            let isTooLate = orderID.map { reached[$0].map { $0 > kind } ?? false } ?? false
            if isTooLate || (hasList && kind < .get) {
                waves.append(wave)
                wave = Wave()
                reached = [:]
                hasList = false
            }
            if let orderID { reached[orderID] = kind }
            switch kind {
            case .create: wave.creates.append(position)
            case .cancel: wave.cancels.append(position)
            case .get: wave.gets.append(position)
            case .list:
                wave.lists.append(position)
                hasList = true
            }
        }
        waves.append(wave)
    }

    /// Whether writes must be held together by a transaction: those of one wave of creates are a single statement.
    var needsTransaction: Bool {
        waves.contains { !$0.cancels.isEmpty } || waves.count { !$0.creates.isEmpty } > 1
    }

    private static func kind(_ request: StoreRequest) -> Kind {
        switch request.command {
        case .create: .create
        case .cancel: .cancel
        case .get: .get
        case .list: .list
        }
    }

    private static func orderID(_ request: StoreRequest) -> OrderID? {
        switch request.command {
        case .create(let order):
            OrderID(tenant: request.caller.tenant, clientID: request.caller.clientID, key: order.key)
        case .cancel(let cancel): cancel.orderID
        case .get(let get): get.orderID
        case .list: nil
        }
    }
}
