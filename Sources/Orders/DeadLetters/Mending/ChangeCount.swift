/// How many letters a change met, and how many of them it could not touch.
package struct ChangeCount: Sendable, Hashable {
    package let changed: Int
    /// Meant, and in a state that does not allow it: being replayed, or changed by somebody else just now; also named
    /// letters that are not there, or another tenant's.
    package let skipped: Int

    package init(changed: Int, skipped: Int) {
        self.changed = changed
        self.skipped = skipped
    }
}
