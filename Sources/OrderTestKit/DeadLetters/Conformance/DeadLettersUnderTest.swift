package import Orders

/// The three ports of dead letters as a conformance case gets them: without any letter, job or record.
package struct DeadLettersUnderTest: Sendable {
    package let letters: any DeadLetterStore
    package let jobs: any ReplayJobStore
    /// Another way to the same jobs: for a database, another connection.
    package let otherJobs: any ReplayJobStore
    package let audit: any AuditLog

    package init(
        letters: any DeadLetterStore,
        jobs: any ReplayJobStore,
        otherJobs: any ReplayJobStore,
        audit: any AuditLog
    ) {
        self.letters = letters
        self.jobs = jobs
        self.otherJobs = otherJobs
        self.audit = audit
    }

    package init(_ memory: InMemoryDeadLetters) {
        self.init(letters: memory, jobs: memory, otherJobs: memory, audit: memory)
    }
}
