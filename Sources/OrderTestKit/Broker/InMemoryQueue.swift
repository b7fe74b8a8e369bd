package import Orders

/// A broker's queue in memory: what is delivered and not settled comes again when its connection ends.
///
/// Messages are named by their request ids, so give each its own.
package final class InMemoryQueue: Sendable {
    struct State: Sendable {
        var ready: [InMemoryMessage] = []
        var links: [Int: Link] = [:]
        var epoch: UInt64 = 0
        var record = Record()
    }

    /// One consumer's connection.
    struct Link: Sendable {
        let epoch: UInt64
        let prefetch: Int
        /// Delivered and not settled, oldest first.
        var unsettled: [(tag: UInt64, message: InMemoryMessage)] = []
        var lastTag: UInt64 = 0
        var isStopped = false
        var loss: String?
        var isReceiving = false
    }

    /// What happened to the queue.
    package struct Record: Sendable {
        /// Request ids in the order of their deliveries, redeliveries and all.
        package var delivered: [String] = []
        /// Request ids in the order in which they were settled.
        package var settled: [String] = []
        /// How many commands each settlement covered.
        package var settlements: [Int] = []
        /// What a broker would have closed the connection for.
        package var violations: [String] = []
        /// Request ids of suspects in the order in which they were read.
        package var readAlone: [String] = []
        package var opened = 0
        package var returned = 0
    }

    let state = Watched(State())

    package init() {}

    package var record: Record { state.current.record }

    /// How many messages wait to be delivered.
    package var readyCount: Int { state.current.ready.count }

    package func publish(
        _ context: CommandContext,
        _ reading: IncomingCommand.Reading,
        history: DeliveryHistory = .new
    ) {
        publish([InMemoryMessage(context, reading, history: history)])
    }

    /// Publishes messages in one go, so that they can be one batch.
    package func publish(_ messages: [InMemoryMessage]) {
        state.change { $0.ready += messages }
    }

    /// Publishes commands that were read well, in one go, so that they can be one batch.
    ///
    /// - Parameter commands: with a request id each.
    package func publish(
        _ commands: [(requestID: String, command: Command)],
        caller: Caller = Sample.caller(),
        wantsReply: Bool = true,
        byteCount: Int = 500
    ) {
        let messages = commands.map { requestID, command in
            InMemoryMessage(
                Sample.context(requestID, command: command.name, wantsReply: wantsReply),
                .accepted(command, caller),
                byteCount: byteCount
            )
        }
        state.change { $0.ready += messages }
    }

    /// Waits until what happened fits the condition.
    package func waitForRecord(_ condition: @escaping @Sendable (Record) -> Bool) async {
        await state.wait { condition($0.record) ? () : nil }
    }

    /// Waits until so many different messages are settled.
    package func waitUntilSettled(_ count: Int) async {
        await waitForRecord { $0.settled.count >= count }
    }

    /// Waits until nothing is left, delivered or not.
    package func waitUntilEmpty() async {
        await state.wait { state in
            state.ready.isEmpty && state.links.values.allSatisfy(\.unsettled.isEmpty) ? () : nil
        }
    }

    /// Waits until a consumer waits for deliveries and there are none for it.
    package func waitUntilQuiet() async {
        await state.wait { state in
            state.ready.isEmpty && state.links.values.contains(where: \.isReceiving) ? () : nil
        }
    }
}

extension InMemoryQueue.State {
    /// Takes back what a link has not settled, to where it came from.
    mutating func returnUnsettled(of link: Int) {
        let unsettled = links[link]?.unsettled ?? []
        record.returned += unsettled.count
        ready.insert(contentsOf: unsettled.map(\.message.returned), at: 0)
        links[link]?.unsettled = []
    }
}
