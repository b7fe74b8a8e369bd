/// One member of an object.
package struct JSONMember: Sendable {
    /// The name, a string.
    package let name: JSONNode
    package let value: JSONNode
}
