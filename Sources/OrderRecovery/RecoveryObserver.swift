package import Orders

/// Told of what the console does by itself, for logs and metrics.
package protocol RecoveryObserver: Sendable {
    /// Letters were kept and acknowledged.
    ///
    /// - Parameter new: how many of them were not there already.
    func kept(_ count: Int, new: Int)

    /// The store would not have a letter as it came, and has it now in its bare form.
    func keptBare(_ letter: LetterID, _ error: StoreError)

    /// The store would not have a letter at all: it stays in its queue, and is tried again from time to time.
    ///
    /// Told once a letter.
    func notKept(_ letter: LetterID, _ error: StoreError)

    /// The queue of dead letters cannot be read; it is tried again after the pause.
    func sourceLost(_ error: IntakeError, retryAfter: Duration)

    /// The store did not do what was asked; it is asked again after the pause.
    func storeFailed(_ error: StoreError, retryAfter: Duration)

    func jobLeased(_ job: ReplayJob)
    func jobLeft(_ id: ReplayJobID, _ state: ReplayJobState, remark: String?)
    func replayed(_ letter: LetterID, _ result: ReplayResult)

    /// A sweep removed something.
    func retired(letters: Int, jobs: Int, audit: Int)
}

extension RecoveryObserver {
    package func kept(_ count: Int, new: Int) {}
    package func keptBare(_ letter: LetterID, _ error: StoreError) {}
    package func notKept(_ letter: LetterID, _ error: StoreError) {}
    package func sourceLost(_ error: IntakeError, retryAfter: Duration) {}
    package func storeFailed(_ error: StoreError, retryAfter: Duration) {}
    package func jobLeased(_ job: ReplayJob) {}
    package func jobLeft(_ id: ReplayJobID, _ state: ReplayJobState, remark: String?) {}
    package func replayed(_ letter: LetterID, _ result: ReplayResult) {}
    package func retired(letters: Int, jobs: Int, audit: Int) {}
}
