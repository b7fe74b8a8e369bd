/// A queue between two tasks of one actor; the actor's isolation is what guards it.
struct Mailbox<Element> {
    private(set) var elements: [Element] = []
    private(set) var isClosed = false
    private var reader: CheckedContinuation<Void, Never>?

    var count: Int { elements.count }
    var isEmpty: Bool { elements.isEmpty }

    /// There is something to take, or nothing will ever come.
    var isReadable: Bool { !elements.isEmpty || isClosed }

    /// Adds elements at the end; once closed, they are dropped.
    mutating func put(_ new: some Sequence<Element>) {
        guard !isClosed else { return }
        elements.append(contentsOf: new)
        wakeReader()
    }

    /// Nothing more will come; what is there can still be taken.
    mutating func close() {
        isClosed = true
        wakeReader()
    }

    /// Takes at most `limit` elements from the front.
    mutating func take(atMost limit: Int) -> [Element] {
        if elements.count <= limit {
            defer { elements = [] }
            return elements
        }
        let taken = Array(elements.prefix(limit))
        elements.removeFirst(limit)
        return taken
    }

    mutating func discardAll() {
        elements = []
    }

    /// Remembers who waits until the mailbox is readable; there is one reader.
    mutating func wait(_ continuation: CheckedContinuation<Void, Never>) {
        if isReadable {
            continuation.resume()
        } else {
            reader = continuation
        }
    }

    private mutating func wakeReader() {
        reader?.resume()
        reader = nil
    }
}
