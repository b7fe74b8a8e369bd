/// The time during which the broker refuses events, so that its beginning and its end are told once each.
struct RefusalSpell {
    private var began: Duration?
    private var last: Duration = .zero

    /// Notes a refusal.
    ///
    /// - Returns: whether it is the first.
    mutating func note(at now: Duration) -> Bool {
        last = now
        guard began == nil else { return false }
        began = now
        return true
    }

    /// Notes that a look through the whole outbox has come to its end.
    ///
    /// - Parameter minimumAge: the look passed over younger events, and so over what was refused just before it.
    /// - Returns: how long the spell was, if nothing that was refused is left.
    mutating func end(lookBegan: Duration, now: Duration, minimumAge: Duration) -> Duration? {
        guard let began, last + minimumAge <= lookBegan else { return nil }
        self.began = nil
        return now - began
    }
}
