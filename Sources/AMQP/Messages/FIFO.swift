/// A queue whose elements leave in the order in which they came.
///
/// Both ends in constant time, amortised.
struct FIFO<Element> {
    private var elements: [Element?] = []
    private var start = 0

    var count: Int { elements.count - start }

    var isEmpty: Bool { count == 0 }

    var first: Element? { isEmpty ? nil : elements[start] }

    /// The element at a distance from the first, which must be less than the count.
    subscript(offset: Int) -> Element? {
        get { elements[start + offset] }
        set { elements[start + offset] = newValue }
    }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    @discardableResult
    mutating func popFirst() -> Element? {
        guard !isEmpty else { return nil }
        let first = elements[start]
        elements[start] = nil
        start += 1
        compact()
        return first
    }

    /// Removes the first ones, at most so many.
    mutating func take(atMost limit: Int) -> [Element] {
        let count = min(count, max(0, limit))
        let taken = elements[start..<(start + count)].compactMap(\.self)
        for index in start..<(start + count) { elements[index] = nil }
        start += count
        compact()
        return taken
    }

    mutating func removeAll(where isRemoved: (Element) -> Bool) {
        elements.removeFirst(start)
        start = 0
        elements.removeAll { $0.map(isRemoved) ?? false }
    }

    private mutating func compact() {
        if start == elements.count {
            elements.removeAll(keepingCapacity: elements.capacity <= 4096)
            start = 0
        } else if start >= 1024, start * 2 >= elements.count {
            elements.removeFirst(start)
            start = 0
        }
    }
}
