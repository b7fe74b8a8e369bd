/// The members of one object, in the order of the text.
package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var position: Int
    private let end: Int

    init(of node: JSONNode) {
        document = node.document
        position = node.index + 1
        end = node.kind == .object ? Int(node.entry.next) : node.index + 1
    }

    package mutating func next() -> JSONMember? {
        guard position < end else { return nil }
        let name = JSONNode(document: document, index: position)
        let value = JSONNode(document: document, index: position + 1)
        position = Int(value.entry.next)
        return JSONMember(name: name, value: value)
    }
}
