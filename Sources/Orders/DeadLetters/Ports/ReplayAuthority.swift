/// Lends a job an operator's token, which is kept in memory alone.
package protocol ReplayAuthority: Sendable {
    /// The token of somebody who may replay what the job holds, valid for a while yet.
    ///
    /// - Returns: `nil` if there is none now, as after a restart; the job then waits for an operator.
    func loan(for job: ReplayJob) async -> ReplayLoan?
}

/// A token that a job sends with, and who answers for what is sent.
package struct ReplayLoan: Sendable, Hashable {
    /// The value of the header `authorization`.
    package let authorization: String
    /// Whoever ordered the job, or resumed it later.
    package let lender: Operator

    package init(authorization: String, lender: Operator) {
        self.authorization = authorization
        self.lender = lender
    }
}
