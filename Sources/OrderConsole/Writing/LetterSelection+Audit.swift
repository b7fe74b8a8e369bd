internal import Orders

extension LetterSelection {
    /// What the audit is to say of it: bounded, since whoever asks writes it.
    var details: [AuditDetail] {
        switch self {
        case .letters(let ids):
            let rest = ids.count > 20 ? " and \(ids.count - 20) more" : ""
            return [AuditDetail("selection", ids.prefix(20).map(\.description).joined(separator: " ") + rest)]
        case .matching(let filter): return filter.details
        case .failed(let job): return [AuditDetail("selection", "failed in \(job)")]
        }
    }
}

extension LetterFilter {
    /// Characters that the audit quotes of a filter's value.
    private static let quoted = 500

    var details: [AuditDetail] {
        guard self != LetterFilter() else { return [AuditDetail("selection", "everything")] }
        return [AuditDetail("selection", "filter")]
            + words.map { word in
                let isLong = word.value.count > Self.quoted
                let value = isLong ? word.value.prefix(Self.quoted) + "…" : word.value[...]
                return AuditDetail("filter.\(word.name)", String(value))
            }
    }
}
