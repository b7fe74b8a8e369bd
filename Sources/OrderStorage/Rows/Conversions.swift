internal import Orders
internal import Postgres

extension OrderID {
    var uuid: UInt128 { UInt128(high) << 64 | UInt128(low) }

    init(uuid: UInt128) {
        self.init(high: UInt64(truncatingIfNeeded: uuid >> 64), low: UInt64(truncatingIfNeeded: uuid))
    }
}

extension Timestamp {
    /// Wraps beyond the years that the database takes, which then refuses the value.
    var microseconds: Int64 { milliseconds &* 1000 }

    init(microseconds: Int64) {
        self.init(milliseconds: microseconds / 1000)
    }
}

extension Row {
    func orderID(_ column: Int) throws(PostgresError) -> OrderID {
        OrderID(uuid: try uuid(column))
    }

    func timestamp(_ column: Int) throws(PostgresError) -> Timestamp {
        Timestamp(microseconds: try unixMicroseconds(column))
    }

    func status(_ column: Int) throws(PostgresError) -> OrderStatus {
        guard let status = OrderStatus(stored: try int16(column)) else {
            throw PostgresError(.unexpectedResult, "an order has a status that this program does not know")
        }
        return status
    }
}
