internal import Orders
internal import Postgres

/// Revisions that are made together, in statements that lock everything in the order in which others do.
struct RevisionBatch {
    private var groups = SeenGroups()
    private var changes: [(statement: Statement, parameters: [Parameter])] = []
    private var entries: [AuditEntry] = []

    /// Adds a revision, what it changes in the letter's entry, and its place in the audit.
    mutating func add(_ revision: LetterRevision, of entry: LetterEntry, _ request: RevisionRequest) {
        let caller = revision.caller ?? entry.caller
        let groupID = GroupID(tenant: caller?.tenant, command: entry.command, failure: entry.failure)
        groups.see(
            groupID,
            tenant: caller?.tenant,
            command: entry.command,
            failure: entry.failure,
            at: entry.arrivedAt
        )
        let (id, number) = (Parameter.uuid(entry.id.bits), Parameter.int4(Int32(clamping: revision.number)))
        let time = Parameter.timestamptz(unixMicroseconds: revision.madeAt.microseconds)
        let size = Parameter.int8(revision.message.bodyByteCount)
        let made: [Parameter] = [id, number, time, .text(revision.madeBy.storable), .text(revision.reason.storable)]
        let content: [Parameter] = [
            size, .bytea(LetterHead.encode(revision.message.properties, revision.message.headers)),
            .bytea(revision.message.body),
        ]
        changes.append((RevisionStatements.insert, made + Self.columns(revision.caller) + content))
        let topic = request.draft.topic
        let about: [Parameter] = [
            .uuid(groupID.bits), .optional(topic.customerID),
            topic.orderID.map { .uuid($0.uuid) } ?? .null(.uuid), .optional(topic.idempotencyKey),
        ]
        changes.append((RevisionStatements.update, [id, number, time] + about + Self.columns(caller) + [size]))
        entries.append(request.audit.adding(AuditDetail("revision", "\(revision.number)")))
    }

    /// Groups first, the audit last; `nil` if nothing was added.
    var statements: Batch? {
        guard !changes.isEmpty else { return nil }
        var batch = Batch(GroupStatements.see, groups.parameters)
        for change in changes { batch.add(change.statement, change.parameters) }
        for entry in entries { AuditStatements.append(entry, to: &batch) }
        return batch
    }

    private static func columns(_ caller: Caller?) -> [Parameter] {
        [
            .optional(caller?.tenant), .optional(caller?.clientID), .optional(caller?.subject),
            .optional(caller?.scopeText),
        ]
    }
}
