internal import HTTPTypes
internal import JSON
internal import OrderHTTP
internal import Orders

extension ConsoleResponder {
    func listLetters(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await require(.read, call, .list)
        var query = try QueryReader(call.request.query)
        let filter = try LetterFilter { name throws(Problem) in try query.text(name) }
        let limit = try query.limit(1...1000, default: 100)
        let position = try query.parsed("cursor", SentForm.cursor) { LetterPosition($0) }
        try query.finish()
        let page = try await ask { () async throws(StoreError) in
            try await letters.list(filter, within: call.reach, after: position, limit: limit)
        }
        return ConsoleAnswer([
            "letters": .array(page.letters.map { JSONValue($0) }),
            "nextCursor": JSONValue(page.next),
            // Of a page that a search ended early.
            "searchedTo": JSONValue(page.letters.count < limit ? page.next?.arrivedAt.description : nil),
        ])
    }

    func showLetter(_ call: Call, _ id: LetterID) async throws(Problem) -> ConsoleAnswer {
        try await require(.read, call, .show, target: id.description)
        try QueryReader(call.request.query).finish()
        let file = try await file(id, call, for: call.entry(.show, target: id.description))
        await note(call.entry(.show, target: id.description, tenant: file.letter.entry.caller?.tenant))
        return ConsoleAnswer(JSONValue(file))
    }

    func reveal(_ call: Call, _ id: LetterID) async throws(Problem) -> ConsoleAnswer {
        try await require(.read, call, .reveal, target: id.description)
        var members = try await call.request.members()
        let reason = try members.reason()
        try members.finish()
        let asked = call.entry(.reveal, target: id.description, reason: reason)
        let file = try await file(id, call, for: asked)
        let entry = call.entry(
            .reveal,
            target: id.description,
            tenant: file.letter.entry.caller?.tenant,
            reason: reason
        )
        // Without its place in the audit nothing is shown.
        _ = try await ask { () async throws(StoreError) in try await audit.append(entry) }
        let body = file.current.body
        let text = String(validating: body, as: UTF8.self)
        return ConsoleAnswer([
            "body": JSONValue(text),
            "bodyBase64": .text(Base64.encode(body)),
            "isText": .bool(text != nil),
            "isTruncated": .bool(file.current.isBodyMissing),
            "revision": .number(file.letter.entry.revision),
        ])
    }

    func revise(_ call: Call, _ id: LetterID) async throws(Problem) -> ConsoleAnswer {
        try await require(.edit, call, .revise, target: id.description)
        var members = try await call.request.members()
        let change = try RevisionChange(&members)
        try members.finish()
        let asked = call.entry(.revise, target: id.description, reason: change.reason)
        let file = try await file(id, call, for: asked)
        let entry = file.letter.entry
        if let caller = change.caller, !call.reach.includes(caller.tenant) {
            throw await refusal(of: asked, .wrong("caller", "must be of a tenant that you look after"))
        }
        let message = change.applied(to: file.current)
        let caller = change.caller ?? entry.caller
        let note = call.entry(.revise, target: id.description, tenant: caller?.tenant, reason: change.reason)
        if let refused = checker.check(message, command: entry.command, caller: caller) {
            let (code, why) = (refused.code.rawValue, refused.message)
            throw await refusal(of: note, Problem(.unprocessableContent, code, why, details: refused.details))
        }
        let draft = RevisionDraft(
            message: message,
            caller: change.caller,
            topic: checker.topic(of: message, command: entry.command, caller: caller),
            reason: change.reason,
            basedOn: change.basedOn
        )
        let result = try await ask { () async throws(StoreError) in
            try await letters.revise(id, draft, by: call.who, audit: note)
        }
        switch result {
        case .made(let revision):
            return ConsoleAnswer(JSONValue(revision, after: file.current), status: .created)
        case .notFound: throw await refusal(of: note, .noSuchLetter)
        case .conflict(let now):
            let why = "It is \(now.state.name) and in revision \(now.revision) by now; look at it again"
            throw await refusal(of: note, .conflict(why))
        }
    }

    /// - Parameter entry: for the audit, if there is no such letter, or none that the caller may see.
    private func file(_ id: LetterID, _ call: Call, for entry: AuditEntry) async throws(Problem) -> LetterFile {
        let file = try await ask { () async throws(StoreError) in try await letters.show(id, within: call.reach) }
        guard let file else { throw await refusal(of: entry, .noSuchLetter) }
        return file
    }
}
