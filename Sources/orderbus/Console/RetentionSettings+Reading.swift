package import Orders

/// How long the console keeps what it has; the README's table says the same.
///
/// | setting | default | |
/// |---|---|---|
/// | `CONSOLE_RETENTION_SETTLED` | `30d` | letters that were replayed or discarded, with their revisions |
/// | `CONSOLE_RETENTION_REVISIONS` | `30d` | of such letters, the revisions that a newer one has replaced |
/// | `CONSOLE_RETENTION_WAITING` | `180d` | letters that nobody decided on, since they last arrived |
/// | `CONSOLE_RETENTION_REPLAYS` | `90d` | replays that have ended; at least as long as settled letters |
/// | `CONSOLE_RETENTION_AUDIT` | `400d` | the audit |
extension RetentionSettings {
    private static let range: ClosedRange<Duration> = .seconds(3600)...(.seconds(36_500 * 86_400))

    package init(reading reader: inout SettingsReader) {
        self.init()
        settledLetters = reader.duration(.retentionOfSettled, in: Self.range, default: settledLetters)
        revisions = reader.duration(.retentionOfRevisions, in: Self.range, default: revisions)
        keptLetters = reader.duration(.retentionOfWaiting, in: Self.range, default: keptLetters)
        jobs = reader.duration(.retentionOfReplays, in: Self.range, default: jobs)
        audit = reader.duration(.retentionOfAudit, in: Self.range, default: audit)
    }
}
