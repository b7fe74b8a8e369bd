import Orders
import Testing

@Suite struct OrderRulesTests {
    private static func item(
        sku: Field<String> = .value("ABC-001"),
        quantity: Field<Int64> = .value(2),
        unitPrice: Field<String> = .missing
    ) -> Field<ItemDraft> {
        .value(ItemDraft(sku: sku, quantity: quantity, unitPrice: unitPrice))
    }

    private static func draft(_ change: (inout OrderDraft) -> Void = { _ in }) -> OrderDraft {
        var draft = OrderDraft(
            idempotencyKey: .value("0123456789"),
            customerID: .value("cust_123"),
            items: .value([item()]),
            total: .value(TotalDraft(currency: .value("USD"), value: .value("25.50"))),
            metadata: .missing
        )
        change(&draft)
        return draft
    }

    private func refusal(_ draft: OrderDraft) -> Refusal? {
        do {
            _ = try OrderRules.check(draft)
            return nil
        } catch {
            return error
        }
    }

    @Test func goodOrderPasses() throws {
        let checked = try OrderRules.check(Self.draft())
        #expect(checked.customerID == "cust_123")
        #expect(checked.items.count == 1)
        #expect(checked.total.hundredths == 2550)
    }

    @Test(arguments: [
        ("customerId", draft { $0.customerID = .missing }),
        ("customerId", draft { $0.customerID = .wrongType }),
        ("customerId", draft { $0.customerID = .value("") }),
        ("customerId", draft { $0.customerID = .value(String(repeating: "c", count: 129)) }),
        ("customerId", draft { $0.customerID = .value("a\0b") }),
        ("idempotencyKey", draft { $0.idempotencyKey = .wrongType }),
        ("idempotencyKey", draft { $0.idempotencyKey = .value("short") }),
        ("items", draft { $0.items = .missing }),
        ("items", draft { $0.items = .wrongType }),
        ("items", draft { $0.items = .value([]) }),
        ("items", draft { $0.items = .value(Array(repeating: item(), count: 1001)) }),
        ("items[0]", draft { $0.items = .value([.wrongType]) }),
        ("items[1].sku", draft { $0.items = .value([item(), item(sku: .missing)]) }),
        ("items[0].sku", draft { $0.items = .value([item(sku: .value(String(repeating: "s", count: 65)))]) }),
        ("items[0].quantity", draft { $0.items = .value([item(quantity: .missing)]) }),
        ("items[0].quantity", draft { $0.items = .value([item(quantity: .wrongType)]) }),
        ("items[0].quantity", draft { $0.items = .value([item(quantity: .value(0))]) }),
        ("items[0].quantity", draft { $0.items = .value([item(quantity: .value(1_000_001))]) }),
        ("items[0].unitPrice", draft { $0.items = .value([item(unitPrice: .value("1.5"))]) }),
        ("items[0].unitPrice", draft { $0.items = .value([item(unitPrice: .wrongType)]) }),
        ("items", draft { $0.items = .value([item(unitPrice: .value("1.50")), item()]) }),
        ("totalAmount", draft { $0.total = .missing }),
        ("totalAmount", draft { $0.total = .wrongType }),
        ("totalAmount.currency", draft { $0.total = .value(.init(currency: .value("usd"), value: .value("1"))) }),
        ("totalAmount.currency", draft { $0.total = .value(.init(currency: .missing, value: .value("1"))) }),
        ("totalAmount.value", draft { $0.total = .value(.init(currency: .value("USD"), value: .wrongType)) }),
        ("totalAmount.value", draft { $0.items = .value([item(unitPrice: .value("1.00"))]) }),
        ("metadata", draft { $0.metadata = .wrongType }),
        ("metadata", draft { $0.metadata = .value(.init(byteCount: 16_385, levels: 1)) }),
        ("metadata", draft { $0.metadata = .value(.init(byteCount: 10, levels: 9)) }),
    ])
    func eachRuleNamesItsField(field: String, draft: OrderDraft) {
        let refusal = refusal(draft)
        #expect(refusal?.code == .validationFailed)
        #expect(refusal?.details.map(\.field) == [field])
    }

    @Test func everyViolationIsReported() {
        let refusal = refusal(
            OrderDraft(
                idempotencyKey: .value("x"),
                customerID: .missing,
                items: .value([Self.item(sku: .missing, quantity: .value(0), unitPrice: .value("x")), .wrongType]),
                total: .value(TotalDraft(currency: .missing, value: .missing)),
                metadata: .wrongType
            )
        )
        #expect(
            refusal?.details.map(\.field) == [
                "idempotencyKey", "customerId", "items[0].sku", "items[0].quantity", "items[0].unitPrice", "items[1]",
                "totalAmount.currency", "totalAmount.value", "metadata",
            ]
        )
    }

    @Test func pricesAreCheckedWhateverElseIsWrong() {
        let priced = Self.item(sku: .value(""), quantity: .value(1), unitPrice: .value("1.00"))
        let total = TotalDraft(currency: .value("usd"), value: .value("2.00"))
        let wrongSum = Self.draft { draft in
            draft.items = .value([priced])
            draft.total = .value(total)
        }
        #expect(
            refusal(wrongSum)?.details.map(\.field) == ["items[0].sku", "totalAmount.currency", "totalAmount.value"]
        )
        let mixed = Self.draft { $0.items = .value([Self.item(unitPrice: .value("x")), Self.item(sku: .missing)]) }
        #expect(refusal(mixed)?.details.map(\.field) == ["items[0].unitPrice", "items[1].sku", "items"])
    }

    @Test func missingKeyHasItsOwnCode() {
        let refusal = refusal(Self.draft { $0.idempotencyKey = .missing })
        #expect(refusal?.code == .idempotencyKeyRequired)
        #expect(refusal?.details.map(\.field) == ["idempotencyKey"])
    }

    @Test func pricesMustAddUpExactly() throws {
        let items: [Field<ItemDraft>] = [
            Self.item(quantity: .value(3), unitPrice: .value("0.10")),
            Self.item(quantity: .value(1), unitPrice: .value("25.20")),
        ]
        _ = try OrderRules.check(Self.draft { $0.items = .value(items) })
        let refusal = refusal(
            Self.draft {
                $0.items = .value(items)
                $0.total = .value(TotalDraft(currency: .value("USD"), value: .value("25.51")))
            }
        )
        #expect(refusal?.details.first?.message.contains("25.50") == true)
    }

    @Test func largestSumDoesNotOverflow() {
        let most = Self.item(quantity: .value(1_000_000), unitPrice: .value("999999999999999.99"))
        let refusal = refusal(Self.draft { $0.items = .value(Array(repeating: most, count: 1000)) })
        #expect(refusal?.details.first?.message.contains("999999999999999990000000.00") == true)
    }

    @Test func charactersAreCountedAndNotBytes() throws {
        _ = try OrderRules.check(Self.draft { $0.customerID = .value(String(repeating: "é", count: 128)) })
    }
}
