internal import Orders

extension LetterSelection {
    /// A few words for the audit.
    var summary: String {
        switch self {
        case .letters(let ids):
            ids.prefix(20).map(\.description).joined(separator: " ")
                + (ids.count > 20 ? " and \(ids.count - 20) more" : "")
        case .matching(let filter): filter.group?.description ?? "a filter"
        case .failed(let job): "failed in \(job)"
        }
    }
}
