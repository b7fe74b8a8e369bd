/// What a log or a metric may want to know of the keys.
package enum KeyRefreshEvent: Sendable {
    /// Other keys than before are in use.
    case changed(keyCount: Int, skipped: [SkippedKey])
    /// An attempt failed, the so-many-th in a row; the keys stay.
    case failed(reason: String, consecutive: Int)
    /// The last good keys were too old to be trusted any longer: nothing verifies now.
    case dropped
}
