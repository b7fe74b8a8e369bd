/// Lends a job its operator's token, which is kept in memory alone.
package protocol ReplayAuthority: Sendable {
    /// The `authorization` of somebody who may replay what the job holds, valid for a while yet.
    ///
    /// - Returns: `nil` if there is none now, as after a restart; the job then waits for an operator.
    func authorization(for job: ReplayJob) async -> String?
}
