/// One more thing worth knowing of an act, such as a count; never a token or a body.
package struct AuditDetail: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
