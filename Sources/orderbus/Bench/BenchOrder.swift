/// The order that the load is made of: the contract's example.
enum BenchOrder {
    /// What stands before and after the idempotency key.
    static var body: (head: [UInt8], tail: [UInt8]) {
        let head = #"{"idempotencyKey":""#
        let tail = """
            ","customerId":"cust_123","items":[{"sku":"ABC-001","quantity":2,"unitPrice":"10.00"},\
            {"sku":"XYZ-777","quantity":1,"unitPrice":"5.50"}],"totalAmount":{"currency":"USD","value":"25.50"},\
            "metadata":{"sourceSystem":"order-orchestrator"}}
            """
        return (Array(head.utf8), Array(tail.utf8))
    }
}
