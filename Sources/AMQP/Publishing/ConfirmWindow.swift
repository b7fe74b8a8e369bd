/// The publishes of one channel that the broker has not confirmed yet, in order.
///
/// The broker numbers publishes from 1 on; confirms come for one or for all up to a number, in any order.
/// Source: https://www.rabbitmq.com/docs/confirms
struct ConfirmWindow<Ticket> {
    /// How many publishes may be between the oldest unconfirmed one and the newest.
    let capacity: Int
    /// The number of the first slot.
    private var base: UInt64 = 1
    /// Confirmed ones in the middle are `nil` until the front reaches them.
    private var slots = FIFO<Ticket?>()
    private(set) var unconfirmedCount = 0

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// How many more may be published now.
    var room: Int { capacity - slots.count }

    var isEmpty: Bool { unconfirmedCount == 0 }

    /// Notes a publish.
    ///
    /// - Returns: its number on the channel.
    mutating func append(_ ticket: Ticket) -> UInt64 {
        slots.append(ticket)
        unconfirmedCount += 1
        return base + UInt64(slots.count) - 1
    }

    /// Takes out what a confirm names.
    ///
    /// - Parameters:
    ///   - number: with `multiple` all up to this one, 0 meaning all so far.
    ///   - settle: called for each that was not confirmed before, in order.
    /// - Returns: false if no publish has that number yet, which the protocol does not allow.
    mutating func settle(_ number: UInt64, multiple: Bool, _ settle: (Ticket) -> Void) -> Bool {
        let end = base + UInt64(slots.count)
        let last = multiple && number == 0 ? end - 1 : number
        guard last < end, number > 0 || multiple else { return false }
        if multiple {
            while base <= last { removeFirst(settle) }
        } else if last >= base {
            let offset = Int(last - base)
            if let ticket = slots[offset] ?? nil {
                slots[offset] = .some(nil)
                unconfirmedCount -= 1
                settle(ticket)
            }
        }
        while let first = slots.first, first == nil { removeFirst(settle) }
        return true
    }

    private mutating func removeFirst(_ settle: (Ticket) -> Void) {
        if let slot = slots.popFirst(), let ticket = slot {
            unconfirmedCount -= 1
            settle(ticket)
        }
        base += 1
    }

    /// Finds the first unconfirmed publish that matches, from a number on and then from the front.
    ///
    /// - Returns: its number and ticket; it stays in the window.
    func firstUnconfirmed(from start: UInt64, where matches: (Ticket) -> Bool) -> (number: UInt64, ticket: Ticket)? {
        let offset = start > base ? Int(min(start - base, UInt64(slots.count))) : 0
        for range in [offset..<slots.count, 0..<offset] {
            for index in range {
                if let ticket = slots[index] ?? nil, matches(ticket) { return (base + UInt64(index), ticket) }
            }
        }
        return nil
    }

    /// Empties the window and starts numbering anew, for a new channel.
    ///
    /// - Parameter settle: called for each unconfirmed one, in order.
    mutating func reset(_ settle: (Ticket) -> Void) {
        while !slots.isEmpty { removeFirst(settle) }
        base = 1
    }
}
