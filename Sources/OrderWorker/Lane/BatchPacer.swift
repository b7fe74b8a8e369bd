/// Decides when a batch should grow before it is committed.
///
/// Normally at no time: what has arrived is committed at once. Only when commands pour in so fast that the machine is
/// busy with the fixed cost of each batch (two disk writes, a dozen wake-ups) is a little patience repaid: batches some
/// milliseconds apart are larger and fewer. It ends as soon as the stream thins, which means that the producers wait
/// for us.
struct BatchPacer {
    /// Commands a second from which on patience pays; below it would only add to the latency.
    var leastRate = 6000.0
    /// How far apart batches are begun at most.
    var spacing: Duration = .milliseconds(8)
    /// How long to wait before the next look.
    var slice: Duration = .milliseconds(2)

    /// Commands a second, smoothed over some batches.
    private(set) var rate = 0.0
    private var lastBegan: Duration?
    private var lastLook: (waiting: Int, at: Duration)?

    /// Notes that a batch is committed now.
    mutating func begins(count: Int, at now: Duration) {
        defer {
            lastBegan = now
            lastLook = nil
        }
        guard let lastBegan, now > lastBegan else { return }
        let current = Double(count) / ((now - lastBegan) / .seconds(1))
        rate += (current - rate) / 4
    }

    /// How long to wait before looking again, or `nil` to commit what is there.
    ///
    /// - Parameter waiting: commands that have been received and are not in a batch.
    mutating func pause(waiting: Int, at now: Duration) -> Duration? {
        guard rate >= leastRate, let lastBegan else { return nil }
        let left = spacing - (now - lastBegan)
        guard left > .zero else { return nil }
        if let lastLook {
            let expected = rate * ((now - lastLook.at) / .seconds(1))
            guard Double(waiting - lastLook.waiting) >= expected / 2 else { return nil }
        }
        lastLook = (waiting, now)
        return min(slice, left)
    }
}
