/// The elements of one array.
package struct JSONElements: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var position: Int
    private let end: Int

    init(of node: JSONNode) {
        document = node.document
        position = node.index + 1
        end = node.kind == .array ? Int(node.entry.next) : node.index + 1
    }

    package mutating func next() -> JSONNode? {
        guard position < end else { return nil }
        let element = JSONNode(document: document, index: position)
        position = Int(element.entry.next)
        return element
    }
}
