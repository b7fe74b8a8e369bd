import ArgumentParser
internal import JSON
internal import Orders

/// `orderbus dead jobs`: lists replays, and pauses, resumes, cancels or watches one.
struct DeadJobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "List replays; or show, watch, pause, resume or cancel one."
    )

    @Argument(help: "One replay: rj_….")
    var job: String?

    @Option(help: "running, paused, stopped, cancelled or finished.")
    var state: String?

    @Flag(help: "Send no more until it is resumed.")
    var pause = false

    @Flag(help: "Go on, with your token.")
    var resume = false

    @Flag(help: "Let go of what was not sent.")
    var cancel = false

    @Flag(help: "Watch until it ends.")
    var wait = false

    @Flag(help: "List its messages.")
    var messages = false

    @Option(help: "Only its messages with this outcome, for example failed.")
    var outcome: String?

    @OptionGroup var page: PageOptions
    @OptionGroup var console: ConsoleOptions

    func validate() throws {
        let verbs = [pause, resume, cancel, messages].count { $0 }
        guard verbs < 2 else { throw ValidationError("one of --pause, --resume, --cancel and --messages at a time") }
        guard job != nil || verbs == 0 && !wait else { throw ValidationError("name the replay: rj_…") }
        guard outcome == nil || messages else { throw ValidationError("--outcome needs --messages") }
        guard state == nil || job == nil else { throw ValidationError("--state is for the list: leave the replay out") }
        try OptionRules.check(replay: job)
        try OptionRules.refuseBlanks([("state", state), ("outcome", outcome)])
        guard state.map({ ReplayJobState(name: $0) != nil }) ?? true else {
            throw ValidationError("--state is one of \(ReplayJobState.allCases.map(\.name).joined(separator: ", "))")
        }
    }

    func run() async throws {
        guard let job else { return try await listJobs() }
        let parts = ["v1", "dead", "replays", job]
        if messages { return try await listMessages(parts + ["messages"]) }
        try await console.withClient { client in
            let verb = pause ? "pause" : resume ? "resume" : cancel ? "cancel" : nil
            if let verb { _ = try await client.send(path: ConsoleEndpoint.path(parts + [verb]), Array("{}".utf8)) }
            let path = ConsoleEndpoint.path(parts)
            let answer = try await client.get(path)
            guard let state = ReplayState(try client.parsed(answer, of: path).root) else {
                throw ConsoleError(.unreadable("it is no replay"), request: "GET \(path)", base: client.endpoint.base)
            }
            guard wait else { return console.show(answer) { state.summary } }
            let end = try await ReplayWatch(client: client, console: console).watch(state)
            if end.status != .done { throw end.status.exit }
        }
    }

    private func listJobs() async throws {
        let fields = [
            ConsoleListing.Field("id", title: "REPLAY"), ConsoleListing.Field("state", title: "STATE"),
            ConsoleListing.Field("counts.succeeded", title: "SUCCEEDED"),
            ConsoleListing.Field("counts.failed", title: "FAILED"),
            ConsoleListing.Field("counts.waiting", title: "WAITING"), ConsoleListing.Field("createdBy", title: "BY"),
            ConsoleListing.Field("createdAt", title: "ORDERED AT"), ConsoleListing.Field("reason", title: "REASON"),
            ConsoleListing.Field("remark", title: "REMARK"),
        ]
        let query: [(name: String, value: String?)] = [("state", state)]
        try await page.list("replays", at: ["v1", "dead", "replays"], query: query, fields: fields, through: console)
    }

    private func listMessages(_ parts: [String]) async throws {
        let fields = [
            ConsoleListing.Field("letterId", title: "LETTER"), ConsoleListing.Field("state", title: "STATE"),
            ConsoleListing.Field("step", title: "STEP", from: 1), ConsoleListing.Field("text", title: "RESULT"),
            ConsoleListing.Field("endedAt", title: "ENDED AT"),
        ]
        try await page.list("messages", at: parts, query: [("outcome", outcome)], fields: fields, through: console)
    }
}
