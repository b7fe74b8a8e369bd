/// The rules of the contract for an order; every violation is found, not only the first.
package struct OrderRules {
    package static let customerIDLengths = 1...128
    package static let skuLengths = 1...64
    package static let itemCounts = 1...1000
    package static let quantities: ClosedRange<Int64> = 1...1_000_000
    package static let metadataBytes = 16 * 1024
    package static let metadataLevels = 8
    /// The whole body of any command.
    package static let bodyBytes = 256 * 1024

    /// What is left of a draft once it has passed.
    package struct Checked: Sendable {
        package let key: IdempotencyKey
        package let customerID: String
        package let items: [CheckedItem]
        package let currency: String
        package let total: Amount
    }

    package struct CheckedItem: Sendable {
        package let sku: String
        package let quantity: Int64
        package let unitPrice: Amount?
    }

    private var violations: [Violation] = []
    /// Of quantity times price over all items, where all have both.
    private var sum: Int128?

    /// Checks a draft.
    ///
    /// - Throws: a refusal with every violation: `IDEMPOTENCY_KEY_REQUIRED` if there is no key,
    ///   `ORDER_VALIDATION_FAILED` otherwise.
    package static func check(_ draft: OrderDraft) throws(Refusal) -> Checked {
        var rules = OrderRules()
        return try rules.check(draft)
    }

    private mutating func check(_ draft: OrderDraft) throws(Refusal) -> Checked {
        let key = checkKey(draft.idempotencyKey)
        let customerID = checkText(draft.customerID, at: "customerId", lengths: Self.customerIDLengths)
        let items = checkItems(draft.items)
        let total = checkTotal(draft.total)
        checkMetadata(draft.metadata)
        checkSum(against: total.value)

        if case .missing = draft.idempotencyKey {
            throw Refusal(
                .idempotencyKeyRequired,
                "An order needs an idempotency key: header idempotency-key or field idempotencyKey",
                details: violations
            )
        }
        guard violations.isEmpty, let key, let customerID, let items, let currency = total.currency,
            let value = total.value
        else {
            throw Refusal(.validationFailed, "The order breaks the rules listed in details", details: violations)
        }
        return Checked(key: key, customerID: customerID, items: items, currency: currency, total: value)
    }

    private mutating func violate(_ field: String, _ message: String) {
        violations.append(Violation(field: field, message: message))
    }

    private mutating func checkKey(_ field: Field<String>) -> IdempotencyKey? {
        if case .value(let text) = field, let key = IdempotencyKey(text) { return key }
        let lengths = IdempotencyKey.lengths
        violate("idempotencyKey", "must be \(lengths.lowerBound) to \(lengths.upperBound) visible ASCII characters")
        return nil
    }

    private mutating func checkText(
        _ field: Field<String>,
        at path: @autoclosure () -> String,
        lengths: ClosedRange<Int>
    ) -> String? {
        switch field {
        case .missing:
            violate(path(), "is required")
        case .wrongType:
            violate(path(), "must be a string")
        case .value(let text):
            // NUL is the one character that PostgreSQL's text cannot hold.
            if lengths.contains(text.unicodeScalars.count), !text.utf8.contains(0) { return text }
            violate(path(), "must have \(lengths.lowerBound) to \(lengths.upperBound) characters, none of them NUL")
        }
        return nil
    }

    private mutating func checkItems(_ field: Field<[Field<ItemDraft>]>) -> [CheckedItem]? {
        switch field {
        case .missing:
            violate("items", "is required")
        case .wrongType:
            violate("items", "must be an array")
        case .value(let drafts) where !Self.itemCounts.contains(drafts.count):
            violate("items", "must have \(Self.itemCounts.lowerBound) to \(Self.itemCounts.upperBound) elements")
        case .value(let drafts):
            var items: [CheckedItem] = []
            items.reserveCapacity(drafts.count)
            var prices = Prices()
            for (index, draft) in drafts.enumerated() {
                if let item = checkItem(draft, index, &prices) { items.append(item) }
            }
            if prices.givenCount > 0, prices.missingCount > 0 {
                violate("items", "must have unitPrice on every element or on none")
            } else if prices.givenCount == drafts.count {
                sum = prices.sum
            }
            return items.count == drafts.count ? items : nil
        }
        return nil
    }

    /// What the items say of their prices, whatever else is wrong with them.
    private struct Prices {
        var givenCount = 0
        var missingCount = 0
        /// Exact: 1000 items of 1 000 000 pieces at 17 digits need 87 bits.
        ///
        /// `nil` once a factor could not be read.
        var sum: Int128? = 0

        mutating func add(_ quantity: Int64?, _ price: Amount?) {
            guard let quantity, let price, let sum else { return sum = nil }
            self.sum = sum + Int128(quantity) * Int128(price.hundredths)
        }
    }

    private mutating func checkItem(_ field: Field<ItemDraft>, _ index: Int, _ prices: inout Prices) -> CheckedItem? {
        guard case .value(let draft) = field else {
            violate("items[\(index)]", "must be an object")
            return nil
        }
        let sku = checkText(draft.sku, at: "items[\(index)].sku", lengths: Self.skuLengths)
        let quantity = checkQuantity(draft.quantity, index)
        var unitPrice: Amount?
        switch draft.unitPrice {
        case .missing:
            prices.missingCount += 1
        case .wrongType, .value:
            prices.givenCount += 1
            unitPrice = checkAmount(draft.unitPrice, at: "items[\(index)].unitPrice")
            prices.add(quantity, unitPrice)
            if unitPrice == nil { return nil }
        }
        guard let sku, let quantity else { return nil }
        return CheckedItem(sku: sku, quantity: quantity, unitPrice: unitPrice)
    }

    private mutating func checkQuantity(_ field: Field<Int64>, _ index: Int) -> Int64? {
        if case .value(let quantity) = field, Self.quantities.contains(quantity) { return quantity }
        if case .missing = field {
            violate("items[\(index)].quantity", "is required")
        } else {
            let range = Self.quantities
            violate("items[\(index)].quantity", "must be an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return nil
    }

    private mutating func checkAmount(_ field: Field<String>, at path: @autoclosure () -> String) -> Amount? {
        switch field {
        case .missing:
            violate(path(), "is required")
        case .wrongType:
            violate(path(), "must be a string, such as \"25.50\"")
        case .value(let text):
            if let amount = Amount(text) { return amount }
            violate(path(), "must be 1 to 15 digits, and if there is a point two digits behind it, such as 25.50")
        }
        return nil
    }

    private mutating func checkTotal(_ field: Field<TotalDraft>) -> (currency: String?, value: Amount?) {
        guard case .value(let draft) = field else {
            if case .missing = field {
                violate("totalAmount", "is required")
            } else {
                violate("totalAmount", "must be an object")
            }
            return (nil, nil)
        }
        return (checkCurrency(draft.currency), checkAmount(draft.value, at: "totalAmount.value"))
    }

    private mutating func checkCurrency(_ field: Field<String>) -> String? {
        if case .missing = field {
            violate("totalAmount.currency", "is required")
            return nil
        }
        if case .value(let text) = field, text.utf8.count == 3, text.utf8.allSatisfy({ (0x41...0x5a).contains($0) }) {
            return text
        }
        violate("totalAmount.currency", "must be three capital letters, such as USD")
        return nil
    }

    private mutating func checkMetadata(_ field: Field<MetadataDraft>) {
        switch field {
        case .missing:
            break
        case .wrongType:
            violate("metadata", "must be an object")
        case .value(let metadata):
            if metadata.byteCount > Self.metadataBytes {
                violate("metadata", "must have at most \(Self.metadataBytes) bytes")
            }
            if metadata.levels > Self.metadataLevels {
                violate("metadata", "must be nested at most \(Self.metadataLevels) levels deep")
            }
        }
    }

    private mutating func checkSum(against total: Amount?) {
        guard let sum, let total, sum != Int128(total.hundredths) else { return }
        violate(
            "totalAmount.value",
            "must equal the sum of quantity times unitPrice, which is \(Amount.written(hundredths: sum))"
        )
    }
}
