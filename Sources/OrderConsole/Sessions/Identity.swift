internal import Orders

/// An operator who has proven who it is, with the token that a replay may borrow.
struct Identity: Sendable {
    let who: Operator
    /// `Bearer …`; in memory alone.
    let authorization: String
    /// When the token ends.
    let expiresAt: Timestamp
    /// The session that stands for the token; `nil` where the token itself came.
    var session: String?
}
