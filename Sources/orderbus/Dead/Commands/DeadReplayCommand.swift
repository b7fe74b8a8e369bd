import ArgumentParser
internal import JSON
internal import Orders

/// `orderbus dead replay`: sends letters again, as a job.
struct DeadReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Send letters again: a few at first, more when they succeed.",
        discussion: """
            The job runs in the console and needs this command no longer; --wait watches it. It uses your token while \
            that lasts; orderbus dead jobs ID --resume lends it a new one.

            Exit codes with --wait: 0 all succeeded, 3 some did, 1 none did.
            """
    )

    @Option(help: "Why; for the audit.")
    var reason: String

    @Option(help: "Messages a second.")
    var rate = 10.0

    @Option(help: "Sizes of the first steps, with commas; all further ones have the last. none for no steps.")
    var canary = "1,5,25,125"

    @Option(help: "Stop when more than this share of a step fails, 0 to 1.")
    var stopAbove = 0.1

    @Option(help: "Send to this queue instead, which is bound to the exchange orders.redirect by its own name.")
    var redirectTo: String?

    @Option(help: "The messages of this replay that failed: rj_….")
    var failedIn: String?

    @Option(help: "The id of the new job, so that a second try orders nothing twice: rj_….")
    var id: String?

    @Flag(help: "Only count, and show a sample.")
    var dryRun = false

    @Flag(help: "Watch until the job ends.")
    var wait = false

    @OptionGroup var choice: LetterChoiceOptions
    @OptionGroup var console: ConsoleOptions

    func validate() throws {
        try OptionRules.check(reason: reason)
        try OptionRules.check(replay: failedIn)
        try OptionRules.check(replay: id)
        try OptionRules.refuseBlanks([("redirect-to", redirectTo)])
        guard canary == "none" || steps != nil else {
            throw ValidationError("--canary is a list like 1,5,25,125, no number smaller than the one before, or none")
        }
        guard ReplayPlan.rates.contains(rate), (0...1).contains(stopAbove) else {
            let rates = ReplayPlan.rates
            throw ValidationError(
                "--rate is from \(rates.lowerBound) to \(rates.upperBound), and --stop-above from 0 to 1"
            )
        }
    }

    private var steps: [Int]? {
        let steps = canary.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        let sizes = steps.compactMap { $0 }
        return sizes.count == steps.count ? ReplayLadder(sizes: sizes)?.sizes : nil
    }

    private func request() throws -> [UInt8] {
        let steps = canary == "none" ? nil : steps
        var members: [(name: StaticString, value: JSONText.Value)] = [
            ("selection", .raw(try choice.choice(failedIn: failedIn).json)), ("reason", .text(reason)),
            ("ratePerSecond", .raw(Array("\(rate)".utf8))),
            ("canary", steps.map { .raw(Array("[\($0.map(String.init).joined(separator: ","))]".utf8)) } ?? .null),
            ("stopAbove", .raw(Array("\(stopAbove)".utf8))), ("dryRun", .flag(dryRun)),
        ]
        if let redirectTo { members.append(("redirectTo", .text(redirectTo))) }
        if !dryRun { members.append(("id", .text(id ?? ReplayJobID.random().description))) }
        return JSONText.object(members)
    }

    func run() async throws {
        let (body, path) = (try request(), "/v1/dead/replays")
        try await console.withClient { client in
            let answer = try await client.send(path: path, body)
            let root = try client.parsed(answer, of: path).root
            guard !dryRun else { return console.show(answer) { Self.preview(root) } }
            guard let state = ReplayState(root) else {
                throw ConsoleError(.unreadable("it is no replay"), request: "POST \(path)", base: client.endpoint.base)
            }
            guard wait else { return console.show(answer) { state.summary } }
            let end = try await ReplayWatch(client: client, console: console).watch(state)
            if end.status != .done { throw end.status.exit }
        }
    }

    /// Why how many are left out.
    private static func leftOut(_ root: JSONNode) -> [String] {
        let reasons: [(name: StaticString, words: String)] = [
            ("onHold", "on hold"), ("inReplay", "in another replay"), ("settled", "not waiting"),
            ("unknown", "not known"),
        ]
        return reasons.compactMap { name, words in
            let count = root.member("leftOut")?.member(name)?.asInt64 ?? 0
            return count > 0 ? "\(count) \(words)" : nil
        }
    }

    private static func preview(_ root: JSONNode) -> String {
        func count(_ name: StaticString) -> Int64 { root.member(name)?.asInt64 ?? 0 }
        var text = "\(count("count")) would be sent, \(count("skipped")) left out"
        let reasons = leftOut(root)
        text += reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))"
        text += ", \(count("withoutCaller")) have no proven sender\n"
        let tenants = root.member("tenants")?.elements.map { tenant in
            "\(ConsoleListing.cell(tenant, ["tenant"]).shown) (\(ConsoleListing.cell(tenant, ["count"]).shown))"
        }
        if let tenants, !tenants.isEmpty { text += "in the name of \(tenants.joined(separator: ", "))\n" }
        for letter in root.member("sample")?.elements.map({ $0 }) ?? [] {
            let cells = ["id", "command", "code", "message"].map { ConsoleListing.cell(letter, [$0]).shown }
            text += "  " + cells.joined(separator: "  ") + "\n"
        }
        return text
    }
}
