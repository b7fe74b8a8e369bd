internal import Orders

extension JSONValue {
    /// A letter with all that happened to it, its body masked.
    init(_ file: LetterFile) {
        let entry = file.letter.entry
        var previous = file.letter.message
        var revisions: [JSONValue] = []
        for revision in file.revisions {
            revisions.append(JSONValue(revision, after: previous))
            previous = revision.message
        }
        self = .object(
            Self.members(of: entry) + [
                ("properties", JSONValue(file.current.properties)),
                ("headers", .array(file.current.headers.map { JSONValue($0) })),
                ("claims", JSONValue(entry.caller)),
                ("revisions", .array(revisions)),
                ("replays", .array(file.replays.map { JSONValue($0) })),
                ("timeline", .array(Self.timeline(of: file))),
                ("body", .null),
                ("bodyMasked", .text(BodyShape.text(of: file.current.body))),
                ("isBodyMissing", .bool(file.current.isBodyMissing)),
            ]
        )
    }

    init(_ revision: LetterRevision, after previous: LetterMessage) {
        let difference = LetterDifference(from: previous, to: revision.message)
        self = [
            "revision": .number(revision.number),
            "reason": .text(revision.reason),
            "madeBy": .text(revision.madeBy),
            "madeAt": .text(revision.madeAt.description),
            "caller": JSONValue(revision.caller),
            "difference": JSONValue(difference),
        ]
    }

    /// Where the body differs, not what it says there: that is for who reveals it.
    private init(_ difference: LetterDifference) {
        self = [
            "body": difference.body.map {
                [
                    "offset": .number($0.offset),
                    "removedBytes": .number($0.removed.count),
                    "insertedBytes": .number($0.inserted.count),
                ]
            } ?? .null,
            "headers": .array(
                difference.headers.map {
                    [
                        "name": JSONValue(bytes: $0.name),
                        "old": $0.old.map { .object(Self.members(of: $0)) } ?? .null,
                        "new": $0.new.map { .object(Self.members(of: $0)) } ?? .null,
                    ]
                }
            ),
            "changesProperties": .bool(difference.changesProperties),
        ]
    }

    init(_ record: ReplayRecord) {
        self = [
            "replayId": .text(record.job.description),
            "letterId": .text(record.letter.description),
            "position": .number(record.position),
            "state": .text(record.state.label),
            "step": JSONValue(record.step),
            "sends": .number(record.sends),
            "outcome": JSONValue(record.result?.name),
            "text": JSONValue(record.result?.sentence),
            "takenAt": JSONValue(record.takenAt),
            "endedAt": JSONValue(record.endedAt),
        ]
    }

    private static func timeline(of file: LetterFile) -> [JSONValue] {
        let entry = file.letter.entry
        var events: [(Timestamp, String, String)] = []
        if let sent = file.letter.message.properties.timestamp, sent < 253_402_300_799 {
            events.append((Timestamp(milliseconds: Int64(sent) * 1000), "sent", "by its sender's clock"))
        }
        let failure = entry.failure
        if failure.firstFailedAt < failure.lastFailedAt {
            events.append((failure.firstFailedAt, "failed", "for the first time"))
        }
        events.append((failure.lastFailedAt, "failed", "\(failure.code): \(failure.message)"))
        events.append((entry.arrivedAt, "kept", "taken from the queue of dead letters"))
        for revision in file.revisions {
            events.append((revision.madeAt, "revised", "by \(revision.madeBy): \(revision.reason)"))
        }
        for replay in file.replays {
            if let time = replay.takenAt { events.append((time, "replayed", "by \(replay.job)")) }
            if let time = replay.endedAt, let result = replay.result {
                events.append((time, result.name, result.sentence))
            }
        }
        for move in file.moves {
            let what = move.state == .discarded ? "discarded" : "restored"
            events.append((move.at, what, "by \(move.by): \(move.reason)"))
        }
        // Put aside before anybody wrote down by whom.
        if entry.state == .discarded, file.moves.last?.state != .discarded {
            events.append((entry.changedAt, "discarded", "put aside"))
        }
        return events.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map {
            ["at": .text($0.element.0.description), "what": .text($0.element.1), "text": .text($0.element.2)]
        }
    }
}

extension ReplayRecord.State {
    static let labels: [(ReplayRecord.State, String)] = [
        (.waiting, "waiting"), (.taken, "sent"), (.succeeded, "succeeded"), (.failed, "failed"), (.released, "skipped"),
    ]

    var label: String { Self.labels.first { $0.0 == self }?.1 ?? "" }

    init?(label: String) {
        guard let state = Self.labels.first(where: { $0.1 == label })?.0 else { return nil }
        self = state
    }
}

extension ReplayResult {
    var sentence: String {
        switch self {
        case .succeeded(let status, let isReplay):
            isReplay ? "done already, status \(status)" : "done, status \(status)"
        case .refused(let status, let code, let message): "refused with \(status) \(code): \(message)"
        case .died(let code, let message): "died again with \(code): \(message)"
        case .unanswered: "nobody answered: it may or may not have been done"
        case .notSent(let reason): "not sent: \(reason)"
        case .redirected: "in the other queue"
        }
    }
}
