/// One broken rule: where and what.
package struct Violation: Sendable, Hashable {
    /// The path of the field: `items[0].sku`.
    package let field: String
    /// What it must be, to go behind the field's name: `must be an integer from 1 to 1000000`.
    package let message: String

    package init(field: String, message: String) {
        self.field = field
        self.message = message
    }

    /// As the contract writes it in `details`.
    package var members: KeyValuePairs<StaticString, String> { ["field": field, "message": message] }
}
