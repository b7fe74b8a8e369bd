internal import HTTPTypes
internal import OrderHTTP
internal import Orders

extension ConsoleResponder {
    func route(_ request: ConsoleRequest) async throws(Problem) -> ConsoleAnswer {
        if request.path.first == "v1" {
            let call = Call(request: request, identity: try await identify(request), now: now())
            request.callerIsKnown()
            return try await routeInterface(call, Array(request.path.dropFirst()))
        }
        if request.path == ["session"] { return try await session(request) }
        guard let file = PageFile(path: request.path) else { throw .nothingHere }
        guard request.method == .get else { throw .methodNotAllowed("GET, HEAD") }
        return file.answer
    }

    private func routeInterface(_ call: Call, _ path: [String]) async throws(Problem) -> ConsoleAnswer {
        switch path.first {
        case "dead": try await routeLetters(call, Array(path.dropFirst()))
        case "audit" where path.count == 1:
            try await call.on(.get) { () async throws(Problem) in try await listAudit(call) }
        case "audit" where path.dropFirst() == ["verify"]:
            try await call.on(.get) { () async throws(Problem) in try await verifyAudit(call) }
        case "events" where path.count == 1:
            try await call.on(.get) { () async throws(Problem) in try await events(call) }
        default: throw .nothingHere
        }
    }

    private func routeLetters(_ call: Call, _ path: [String]) async throws(Problem) -> ConsoleAnswer {
        switch (path.first, path.count) {
        case ("statistics", 1):
            return try await call.on(.get) { () async throws(Problem) in try await statistics(call) }
        case ("groups", 1):
            return try await call.on(.get) { () async throws(Problem) in try await listGroups(call) }
        case ("groups", 2...):
            guard let id = GroupID(path[1]) else { throw .noSuchGroup }
            return try await routeGroup(call, id, Array(path.dropFirst(2)))
        case ("letters", 1):
            return try await call.on(.get) { () async throws(Problem) in try await listLetters(call) }
        case ("letters", 2...):
            guard let id = LetterID(path[1]) else { throw .noSuchLetter }
            return try await routeLetter(call, id, Array(path.dropFirst(2)))
        case ("replays", 1) where call.request.method == .post: return try await orderReplay(call)
        case ("replays", 1):
            return try await call.on(.get) { () async throws(Problem) in try await listReplays(call) }
        case ("replays", 2...):
            guard let id = ReplayJobID(path[1]) else { throw .noSuchJob }
            return try await routeReplay(call, id, Array(path.dropFirst(2)))
        case ("discard", 1):
            return try await call.on(.post) { () async throws(Problem) in try await discard(call) }
        case ("restore", 1):
            return try await call.on(.post) { () async throws(Problem) in try await restore(call) }
        case ("migrate", 1):
            return try await call.on(.post) { () async throws(Problem) in try await migrate(call) }
        case ("export", 1):
            return try await call.on(.get) { () async throws(Problem) in try await export(call) }
        case ("import", 1):
            return try await call.on(.post) { () async throws(Problem) in try await importLetters(call) }
        default: throw .nothingHere
        }
    }

    private func routeGroup(_ call: Call, _ id: GroupID, _ rest: [String]) async throws(Problem)
        -> ConsoleAnswer
    {
        switch rest {
        case []: try await call.on(.get) { () async throws(Problem) in try await showGroup(call, id) }
        case ["note"]:
            try await call.on(.put) { () async throws(Problem) in try await annotate(call, id) }
        default: throw .nothingHere
        }
    }

    private func routeLetter(_ call: Call, _ id: LetterID, _ rest: [String]) async throws(Problem)
        -> ConsoleAnswer
    {
        switch rest {
        case []: try await call.on(.get) { () async throws(Problem) in try await showLetter(call, id) }
        case ["reveal"]:
            try await call.on(.post) { () async throws(Problem) in try await reveal(call, id) }
        case ["revisions"]:
            try await call.on(.post) { () async throws(Problem) in try await revise(call, id) }
        default: throw .nothingHere
        }
    }

    private func routeReplay(_ call: Call, _ id: ReplayJobID, _ rest: [String]) async throws(Problem)
        -> ConsoleAnswer
    {
        switch rest {
        case []:
            return try await call.on(.get) { () async throws(Problem) in try await showReplay(call, id) }
        case ["messages"]:
            return try await call.on(.get) { () async throws(Problem) in try await listRecords(call, id) }
        default:
            guard rest.count == 1, let control = ReplayControl(rawValue: rest[0]) else {
                throw .nothingHere
            }
            return try await call.on(.post) { () async throws(Problem) in
                try await self.control(call, id, control)
            }
        }
    }
}
