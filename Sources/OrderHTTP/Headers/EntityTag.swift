/// The tag of one version of an order: `"3"`.
package struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    package let version: Int32

    package init(version: Int32) {
        self.version = version
    }

    package var description: String { "\"\(version)\"" }
}
