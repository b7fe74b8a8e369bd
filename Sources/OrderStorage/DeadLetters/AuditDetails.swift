internal import Orders

/// Details as one text: name, U+001F, value, U+001E, and so on.
enum AuditDetails {
    private static let (unit, record): (Character, Character) = ("\u{1f}", "\u{1e}")

    static func write(_ details: [AuditDetail]) -> String {
        details.map { "\($0.name)\(unit)\($0.value)\(record)" }.joined()
    }

    static func read(_ text: String) -> [AuditDetail] {
        text.split(separator: record).map { detail in
            let parts = detail.split(separator: unit, maxSplits: 1, omittingEmptySubsequences: false)
            return AuditDetail(String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : "")
        }
    }
}

extension AuditEntry {
    /// The entry as the tables can hold it, which is how it must be hashed.
    var storable: AuditEntry {
        var entry = self
        entry.actor = AuditActor(
            clientID: actor.clientID.storable,
            subject: actor.subject?.storable,
            tenant: actor.tenant?.storable
        )
        entry.target = target?.storable
        entry.tenant = tenant?.storable
        entry.reason = reason?.storable
        entry.address = address?.storable
        entry.requestID = requestID?.storable
        entry.details = details.map { AuditDetail($0.name.separable, $0.value.separable) }
        return entry
    }
}

extension String {
    /// The text without what separates details.
    fileprivate var separable: String {
        let isClean = utf8.allSatisfy { $0 != 0 && $0 != 0x1e && $0 != 0x1f }
        if isClean { return self }
        return String(
            String.UnicodeScalarView(
                unicodeScalars.map { [0, 0x1e, 0x1f].contains($0.value) ? "\u{fffd}" : $0 }
            )
        )
    }
}
