package import Orders

/// The queue of dead letters in memory: what is delivered and not settled comes again when its connection ends.
package final class InMemoryLetterQueue: DeadLetterSource {
    fileprivate struct State: Sendable {
        var ready: [ArrivedLetter] = []
        var unsettled: [(tag: UInt64, letter: ArrivedLetter)] = []
        var settled: [LetterID] = []
        var deliveries = 0
        var epoch: UInt64 = 0
        var lastTag: UInt64 = 0
        var isOpen = false
        var isStopped = false
        var settlingFaults = 0
    }

    private let state = Watched(State())

    package init() {}

    package func publish(_ letters: ArrivedLetter...) {
        state.change { $0.ready += letters }
    }

    /// Lets the next settlements fail, as if the connection broke between commit and acknowledgement.
    package func failSettling(_ count: Int) {
        state.change { $0.settlingFaults += count }
    }

    package var settled: [LetterID] { state.current.settled }

    package var deliveryCount: Int { state.current.deliveries }

    package func waitUntilSettled(_ count: Int) async {
        await state.wait { $0.settled.count >= count ? () : nil }
    }

    package func waitUntilDelivered(_ count: Int) async {
        await state.wait { $0.deliveries >= count ? () : nil }
    }

    // MARK: - DeadLetterSource

    package func open() async throws(IntakeError) {
        state.change { state in
            state.giveBack()
            state.epoch += 1
            state.lastTag = 0
            state.isOpen = true
            state.isStopped = false
        }
    }

    package func receive(atMost limit: Int) async throws(IntakeError) -> [LetterDelivery] {
        let received = await state.wait { state -> [LetterDelivery]? in
            if state.isStopped || !state.isOpen { return [] }
            if state.ready.isEmpty { return nil }
            let letters = Array(state.ready.prefix(limit))
            state.ready.removeFirst(letters.count)
            state.deliveries += letters.count
            return letters.map { letter in
                state.lastTag += 1
                state.unsettled.append((state.lastTag, letter))
                return LetterDelivery(mark: DeliveryMark(epoch: state.epoch, tag: state.lastTag), letter: letter)
            }
        }
        guard let received else { throw IntakeError("The task was cancelled") }
        return received
    }

    package func settle(through mark: DeliveryMark) async throws(IntakeError) {
        try state.change { state throws(IntakeError) in
            guard mark.epoch == state.epoch else { return }
            if state.settlingFaults > 0 {
                state.settlingFaults -= 1
                throw IntakeError("The socket was closed")
            }
            let count = state.unsettled.count { $0.tag <= mark.tag }
            state.settled += state.unsettled.prefix(count).map(\.letter.id)
            state.unsettled.removeFirst(count)
        }
    }

    package func settle(_ marks: [DeliveryMark]) async throws(IntakeError) {
        state.change { state in
            for letter in state.take(marks) { state.settled.append(letter.id) }
        }
    }

    package func handBack(_ marks: [DeliveryMark]) async throws(IntakeError) {
        state.change { state in
            state.ready.insert(contentsOf: state.take(marks), at: 0)
        }
    }

    package func stopReceiving() async {
        state.change { $0.isStopped = true }
    }

    package func close() async {
        state.change { state in
            state.giveBack()
            state.isOpen = false
        }
    }
}

extension InMemoryLetterQueue.State {
    fileprivate mutating func giveBack() {
        ready.insert(contentsOf: unsettled.map(\.letter), at: 0)
        unsettled = []
    }

    fileprivate mutating func take(_ marks: [DeliveryMark]) -> [ArrivedLetter] {
        let tags = Set(marks.filter { $0.epoch == epoch }.map(\.tag))
        defer { unsettled.removeAll { tags.contains($0.tag) } }
        return unsettled.filter { tags.contains($0.tag) }.map(\.letter)
    }
}
