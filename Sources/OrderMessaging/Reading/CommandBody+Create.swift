internal import JSON
internal import Orders

extension CommandBody {
    /// Reads `order.create.v1`.
    ///
    /// - Parameter headerKey: the header `idempotency-key`, which may stand for the field, and must agree with it.
    func newOrder(headerKey: CommandHeaders.Text) throws(Refusal) -> NewOrder {
        let (key, disagrees) = idempotencyKey(headerKey)
        let metadata = root.member("metadata")
        let draft = OrderDraft(
            idempotencyKey: key,
            customerID: text("customerId"),
            items: itemDrafts,
            total: totalDraft,
            metadata: metadata.asMetadataDraft
        )
        let checked: OrderRules.Checked
        do {
            checked = try OrderRules.check(draft)
        } catch {
            guard disagrees else { throw error }
            throw Refusal(error.code, error.message, details: [Self.keysDisagree] + error.details)
        }
        if disagrees {
            throw Refusal(.validationFailed, "The idempotency key is not one", details: [Self.keysDisagree])
        }
        return order(checked, metadata)
    }

    private static let keysDisagree = Violation(
        field: "idempotencyKey",
        message: "must equal the header idempotency-key where both are sent"
    )

    /// The key from header or body, and whether the two disagree.
    func idempotencyKey(_ header: CommandHeaders.Text) -> (key: Field<String>, disagrees: Bool) {
        let inBody = text("idempotencyKey")
        switch header {
        case .missing:
            return (inBody, false)
        case .wrongType, .repeated:
            return (.wrongType, false)
        case .bytes:
            guard let text = header.string else { return (.wrongType, false) }
            return (.value(text), inBody != .missing && inBody != .value(text))
        }
    }

    private var itemDrafts: Field<[Field<ItemDraft>]> {
        guard let items = root.member("items") else { return .missing }
        guard items.kind == .array else { return .wrongType }
        // Past the limit the number alone is wrong; the rest need not be read.
        guard OrderRules.itemCounts.contains(items.count) else {
            return .value(Array(repeating: .wrongType, count: min(items.count, OrderRules.itemCounts.upperBound + 1)))
        }
        return .value(
            items.elements.map { item in
                guard item.kind == .object else { return .wrongType }
                return .value(
                    ItemDraft(
                        sku: item.member("sku").asField,
                        quantity: item.member("quantity").asIntegerField,
                        unitPrice: item.member("unitPrice").asField
                    )
                )
            }
        )
    }

    private var totalDraft: Field<TotalDraft> {
        guard let total = root.member("totalAmount") else { return .missing }
        guard total.kind == .object else { return .wrongType }
        return .value(TotalDraft(currency: total.member("currency").asField, value: total.member("value").asField))
    }

    // MARK: - The order as it is stored

    private func order(_ checked: OrderRules.Checked, _ metadata: JSONNode?) -> NewOrder {
        var canonicalMetadata: [UInt8]?
        if let metadata {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(metadata.byteCount)
            metadata.appendCanonical(to: &bytes)
            canonicalMetadata = bytes
        }
        return NewOrder(
            key: checked.key,
            customerID: checked.customerID,
            currency: checked.currency,
            total: checked.total,
            items: Self.items(checked.items),
            metadata: canonicalMetadata,
            fingerprint: Self.fingerprint(checked, canonicalMetadata)
        )
    }

    private static func items(_ items: [OrderRules.CheckedItem]) -> [UInt8] {
        var json: [UInt8] = []
        json.reserveCapacity(items.count * 64)
        for item in items {
            json.appendLiteral(json.isEmpty ? "[{\"sku\":" : ",{\"sku\":")
            json.appendJSONString(item.sku)
            json.appendLiteral(",\"quantity\":")
            json.appendJSONInteger(Int(item.quantity))
            if let price = item.unitPrice {
                json.appendLiteral(",\"unitPrice\":")
                json.appendJSONString(price.text)
            }
            json.append(UInt8(ascii: "}"))
        }
        json.append(UInt8(ascii: "]"))
        return json
    }

    /// SHA-256 over the fields by their values: sums count as hundredths, so `25` is `25.00`.
    private static func fingerprint(_ checked: OrderRules.Checked, _ metadata: [UInt8]?) -> [UInt8] {
        var canonical: [UInt8] = []
        canonical.reserveCapacity(256 + (metadata?.count ?? 0))
        canonical.appendLiteral("{\"customerId\":")
        canonical.appendJSONString(checked.customerID)
        canonical.appendLiteral(",\"items\":[")
        for item in checked.items {
            canonical.append(UInt8(ascii: "["))
            canonical.appendJSONString(item.sku)
            canonical.append(UInt8(ascii: ","))
            canonical.appendJSONInteger(Int(item.quantity))
            if let price = item.unitPrice {
                canonical.append(UInt8(ascii: ","))
                canonical.appendJSONInteger(Int(price.hundredths))
            }
            canonical.append(UInt8(ascii: "]"))
        }
        canonical.appendLiteral("],\"totalAmount\":[")
        canonical.appendJSONString(checked.currency)
        canonical.append(UInt8(ascii: ","))
        canonical.appendJSONInteger(Int(checked.total.hundredths))
        canonical.append(UInt8(ascii: "]"))
        if let metadata {
            canonical.appendLiteral(",\"metadata\":")
            canonical += metadata
        }
        canonical.append(UInt8(ascii: "}"))
        return Fingerprint.of(canonical)
    }
}

extension JSONNode? {
    fileprivate var asIntegerField: Field<Int64> {
        guard let self else { return .missing }
        return self.asInt64.map(Field.value) ?? .wrongType
    }

    fileprivate var asMetadataDraft: Field<MetadataDraft> {
        guard let self else { return .missing }
        guard self.kind == .object else { return .wrongType }
        return .value(MetadataDraft(byteCount: self.byteCount, levels: self.depth))
    }
}
