/// Orders that were read ahead, and then the rest of the input.
actor OrderLineFeed {
    private var known: ArraySlice<OrderLine>
    private let input: OrderInput

    init(known: [OrderLine], input: OrderInput) {
        self.known = known[...]
        self.input = input
    }

    @Sendable func next() async throws -> OrderLine? {
        if let line = known.popFirst() { return line }
        return try await input.next()
    }
}
