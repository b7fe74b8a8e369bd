package import Orders

/// Takes jobs that are due and runs them, a few at the same time.
///
/// Any number of consoles can run jobs: the store gives each to one runner at a time.
package struct ReplayRunner: Sendable {
    private let name: String
    private let parts: RunnerParts
    private let waiting = UnauthorizedJobs()

    /// Puts the runner together; nothing happens before `run()`.
    ///
    /// - Parameter name: unique to the process, such as host and process id.
    package init(
        name: String,
        jobs: any ReplayJobStore,
        audit: any AuditLog,
        sender: any ReplaySender,
        authority: any ReplayAuthority,
        clock: ServiceClock,
        observer: any RecoveryObserver,
        settings: RunnerSettings = RunnerSettings()
    ) {
        self.name = name
        parts = RunnerParts(
            jobs: jobs,
            audit: audit,
            sender: sender,
            authority: authority,
            clock: clock,
            observer: observer,
            settings: settings
        )
    }

    /// Runs jobs until the task is cancelled; a job that is under way then is left for the next runner.
    package func run() async {
        await withTaskGroup { group in
            for number in 1...max(1, parts.settings.jobLimit) {
                group.addTask { await runJobs("\(name)/\(number)") }
            }
        }
    }

    private func runJobs(_ runner: String) async {
        let (jobs, lease) = (parts.jobs, parts.settings.lease)
        while !Task.isCancelled {
            let others = await waiting.jobs(at: parts.clock.uptime(), parts.authority)
            let job = await parts.patience.ask { () async throws(StoreError) in
                try await jobs.lease(by: runner, for: lease, except: others)
            }
            if let found = job, let job = found {
                parts.observer.jobLeased(job)
                let run = JobRun(job, runner: runner, parts)
                await run.run()
                if run.isUnauthorized {
                    waiting.add(job, until: parts.clock.uptime() + parts.settings.authorityPause)
                }
            } else {
                await parts.clock.sleep(parts.settings.checkInterval)
            }
        }
    }
}

/// What every run of a job needs.
struct RunnerParts: Sendable {
    let jobs: any ReplayJobStore
    let audit: any AuditLog
    let sender: any ReplaySender
    let authority: any ReplayAuthority
    let clock: ServiceClock
    let observer: any RecoveryObserver
    let settings: RunnerSettings

    var patience: StorePatience { StorePatience(clock: clock, observer: observer) }
}
