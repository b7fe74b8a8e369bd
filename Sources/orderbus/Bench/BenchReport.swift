internal import OrderMessaging

/// What a run of the load came to, over all its connections.
struct BenchReport {
    let sent: Int
    let replied: Int
    let replayed: Int
    let statuses: [Int: Int]
    let seconds: Double
    let failures: [String]
    private let wanted: Int
    private let latencies: [UInt32]

    init(_ results: [LoadResult], wanted: Int) {
        self.wanted = wanted
        sent = results.reduce(0) { $0 + $1.sentCount }
        replied = results.reduce(0) { $0 + $1.replyCount }
        replayed = results.reduce(0) { $0 + $1.replayCount }
        statuses = results.reduce(into: [:]) { $0.merge($1.statuses, uniquingKeysWith: +) }
        failures = results.compactMap(\.failure)
        latencies = results.flatMap(\.latencies).sorted()
        let began = results.map(\.began).min()
        let ended = results.map(\.ended).max()
        seconds = began.flatMap { began in ended.map { began.duration(to: $0) / .seconds(1) } } ?? 0
    }

    /// Every order was created, and created by this run.
    var isComplete: Bool { replied == wanted && statuses[201] == wanted && replayed == 0 && failures.isEmpty }

    var ordersPerSecond: Double { seconds > 0 ? Double(replied) / seconds : 0 }

    /// The latency that the share of replies was not slower than, in milliseconds.
    func latency(_ share: Double) -> Double {
        guard !latencies.isEmpty else { return 0 }
        let index = min(latencies.count - 1, Int((Double(latencies.count) * share).rounded(.up)) - 1)
        return Double(latencies[max(0, index)]) / 1000
    }

    private static let shares: [(name: String, share: Double)] = [
        ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("max", 1),
    ]

    var text: String {
        let latencies = Self.shares.map { "\($0.name) \(latency($0.share)) ms" }.joined(separator: "  ")
        var text = """
            orders     \(replied) of \(wanted) in \(Self.rounded(seconds, 2)) s
            rate       \(Int(ordersPerSecond.rounded())) orders/s
            latency    \(latencies)
            replies    \(statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))

            """
        if replayed > 0 { text += "replayed   \(replayed)\n" }
        for failure in failures { text += "failure    \(failure)\n" }
        return text
    }

    var json: String {
        let latencies = Self.shares.map { "\"\($0.name)\":\(latency($0.share))" }.joined(separator: ",")
        let statuses = statuses.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
        return """
            {"orders":\(replied),"wanted":\(wanted),"seconds":\(Self.rounded(seconds, 3)),\
            "ordersPerSecond":\(Self.rounded(ordersPerSecond, 1)),"latencyMilliseconds":{\(latencies)},\
            "statuses":{\(statuses)},"replayed":\(replayed),"failures":\(failures.count)}

            """
    }

    private static func rounded(_ value: Double, _ digits: Int) -> Double {
        var factor = 1.0
        for _ in 0..<digits { factor *= 10 }
        return (value * factor).rounded() / factor
    }
}
