/// What a worker that refused a message again told besides the error.
package struct RefusalNote: Sendable, Hashable {
    /// The worker's release, if it said so.
    package let release: String?
    /// The broken rules, as in ``LetterFailure/details``.
    package let details: String?

    package init(release: String? = nil, details: String? = nil) {
        self.release = release
        self.details = details
    }
}
