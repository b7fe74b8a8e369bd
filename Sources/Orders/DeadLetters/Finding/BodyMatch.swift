/// What the JSON in a body must have at a place.
package struct BodyMatch: Sendable, Hashable {
    package enum Condition: Sendable, Hashable {
        case exists
        /// A string of this text, or a number, `true`, `false` or `null` that is written like it.
        case equals(String)
    }

    package let path: BodyPath
    package let condition: Condition

    package init(path: BodyPath, condition: Condition) {
        self.path = path
        self.condition = condition
    }
}
