internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import OrderHTTP
internal import Orders
internal import ServiceLifecycle
internal import Synchronization

/// How many operators watch at this moment.
final class StreamCount: Sendable {
    static let limit = 200
    private let count = Atomic<Int>(0)

    func enter() -> Bool {
        if count.add(1, ordering: .relaxed).newValue <= Self.limit { return true }
        leave()
        return false
    }

    func leave() { count.subtract(1, ordering: .relaxed) }
}

extension ConsoleResponder {
    /// Tells of changes as they happen, without what is in them: whoever watches asks again.
    ///
    /// Source: HTML Living Standard, server-sent events.
    func events(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await require(.read, call, .list)
        try QueryReader(call.request.query).finish()
        let fields: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        if call.request.isHead { return ConsoleAnswer(.ok, fields: fields) }
        guard streams.enter() else { throw .unavailable("Too many are watching", retryAfter: 10) }
        let body = ResponseBody { [self] writer in
            defer { streams.leave() }
            var state = EventState()
            try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
            var seconds = 0
            while !Task.isCancelled, !Task.isShuttingDownGracefully, isStillWelcome(call.identity) {
                if seconds % 2 == 0 {
                    let events = await changes(since: &state, call)
                    if !events.isEmpty { try await writer.write(ByteBuffer(string: events)) }
                }
                if seconds % 15 == 14 { try await writer.write(ByteBuffer(string: ": keep-alive\n\n")) }
                seconds += 1
                try await Task.sleep(for: .seconds(1))
            }
            try await writer.finish(nil)
        }
        return ConsoleAnswer(.ok, fields: fields, body: body)
    }

    private func isStillWelcome(_ identity: Identity) -> Bool {
        let time = now()
        guard identity.expiresAt > time else { return false }
        guard let name = identity.session else { return true }
        return sessions.identity(name, at: time, isUse: false) != nil
    }

    private func changes(since state: inout EventState, _ call: Call) async -> String {
        let time = now()
        var text = ""
        let groups = try? await ask { () async throws(StoreError) in
            try await letters.groups(GroupFilter(inflowHours: 1, limit: 1000), within: call.reach, at: time)
        }
        if let groups, groups != state.groups {
            if state.groups != nil { text += "event: groups\ndata: {}\n\nevent: letters\ndata: {}\n\n" }
            state.groups = groups
        }
        let jobs = try? await ask { () async throws(StoreError) in
            try await self.jobs.jobs(within: call.reach, after: nil, limit: 20)
        }
        guard let jobs else { return text }
        for job in jobs where state.jobs[job.id.description] != job {
            if state.hasSeenJobs {
                text += "event: job\ndata: \(String(decoding: JSONValue(job).bytes, as: UTF8.self))\n\n"
            }
            state.jobs[job.id.description] = job
        }
        state.hasSeenJobs = true
        return text
    }
}

/// What a watcher has been told of.
private struct EventState: Sendable {
    var groups: [LetterGroup]?
    var jobs: [String: ReplayJob] = [:]
    var hasSeenJobs = false
}
