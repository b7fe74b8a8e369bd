internal import Orders
internal import Postgres

/// Reads orders, always within a tenant.
enum ReadStatements {
    private static let columns = """
        orders.id, orders.status, orders.version, orders.created_at, orders.updated_at, orders.customer_id,
        orders.items, orders.currency, orders.total, orders.metadata, orders.tenant
        """

    /// The column of the tenant.
    static let tenantColumn = 10

    static let get = Statement(
        "orders_get",
        parameters: [.uuidArray, .textArray],
        """
        SELECT \(columns) FROM orders JOIN unnest($1, $2) AS wanted (id, tenant) USING (id, tenant)
        """
    )

    /// Behind a list's columns: whether there are more orders behind this one.
    static let hasMoreColumn = 11

    /// One statement a combination of filters, so that each gets the index that serves it.
    ///
    /// Parameters: tenant, moment and id of the last order seen, limit; then customer and status where they are asked
    /// for. The inner limit is a literal because a plan for an unknown one would expect to read a tenth of the table.
    /// Sizes are those of the stored values, which are not unpacked for it.
    static func list(_ list: ListOrders) -> Statement {
        var name = "orders_list"
        var parameters: [SQLType] = [.text, .timestamptz, .uuid, .int8]
        var conditions = ""
        if list.customerID != nil {
            name += "_customer"
            parameters.append(.text)
            conditions += " AND customer_id = $\(parameters.count)"
        }
        if let status = list.status {
            parameters.append(.int2)
            conditions += " AND status = $\(parameters.count)"
            if status == .pending {
                name += "_pending"
            } else {
                // Spelled out, because a plan for any status could not use the index of those that are not pending.
                name += "_status"
                conditions += " AND status <> 0"
            }
        }
        let sql = """
            SELECT \(columns), orders.has_more FROM (
                SELECT *, lead(true) OVER newest IS NOT NULL AS has_more, coalesce(
                    sum(octet_length(items::text) + coalesce(octet_length(metadata::text), 0))
                        OVER (newest ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
                    0
                ) AS bytes_before
                FROM (
                    SELECT * FROM orders
                    WHERE tenant = $1 AND created_at <= $2 AND (created_at, id) < ($2, $3)\(conditions)
                    ORDER BY created_at DESC, id DESC
                    LIMIT \(ListOrders.limits.upperBound + 1)
                ) AS orders
                WINDOW newest AS (ORDER BY created_at DESC, id DESC)
            ) AS orders
            WHERE bytes_before < \(ListOrders.pageByteLimit)
            ORDER BY created_at DESC, id DESC
            LIMIT $4
            """
        return Statement(name, parameters: parameters, sql)
    }

    /// The parameters of `list`.
    static func parameters(of list: ListOrders, tenant: String) -> [Parameter] {
        // Before any order: the end of the year 9999, and the greatest id.
        let moment = list.after?.createdAt.microseconds ?? 253_402_300_799_999_999
        var parameters: [Parameter] = [
            .text(tenant), .timestamptz(unixMicroseconds: moment), .uuid(list.after?.orderID.uuid ?? .max),
            .int8(Int64(list.limit)),
        ]
        if let customerID = list.customerID { parameters.append(.text(customerID)) }
        if let status = list.status { parameters.append(.int2(status.stored)) }
        return parameters
    }

    static func order(_ row: Row) throws(PostgresError) -> StoredOrder {
        StoredOrder(
            id: try row.orderID(0),
            status: try row.status(1),
            version: try row.int32(2),
            createdAt: try row.timestamp(3),
            updatedAt: try row.timestamp(4),
            customerID: try row.string(5),
            items: try row.bytes(6),
            currency: try row.string(7),
            total: try row.string(8),
            metadata: try row.bytesOrNull(9)
        )
    }
}
