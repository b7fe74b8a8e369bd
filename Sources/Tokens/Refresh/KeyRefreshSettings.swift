/// How often keys are fetched, and how long they outlive a provider that cannot be reached.
package struct KeyRefreshSettings: Sendable {
    /// The age at which keys are fetched again where the provider does not say; 5 minutes by default.
    package var refreshAge: Duration = .seconds(300)
    /// What a provider's `max-age` is held within; 1 minute to 1 hour by default.
    package var refreshAgeBounds: ClosedRange<Duration> = .seconds(60) ... .seconds(3600)
    /// How long the last good keys verify while no newer can be had; 4 hours by default.
    package var maximumStaleness: Duration = .seconds(4 * 3600)
    /// The wait after a first failure, doubling with each further one; 1 second by default.
    package var firstRetry: Duration = .seconds(1)
    /// The longest wait between attempts; 30 seconds by default.
    package var slowestRetry: Duration = .seconds(30)
    /// How many fetches unknown keys may cause at once; 5 by default.
    package var burst = 5
    /// How long it takes until they may cause another; 10 seconds by default.
    package var refill: Duration = .seconds(10)
    /// How long a key that the provider does not have is refused without asking again; 30 seconds by default.
    package var absence: Duration = .seconds(30)
    /// How many unknown keys are remembered; 1024 by default.
    ///
    /// Those beyond are taken for absent while the last fetch is younger than ``absence``.
    package var unknownKeys = 1024
    /// The longest a fetch may take; 5 seconds by default.
    package var fetchDeadline: Duration = .seconds(5)

    package init() {}

    /// A file costs a `stat` to look at: it is looked at every second, and for every unknown key.
    package static var file: KeyRefreshSettings {
        var settings = KeyRefreshSettings()
        settings.refreshAge = .seconds(1)
        settings.refreshAgeBounds = .seconds(1) ... .seconds(1)
        settings.slowestRetry = .seconds(1)
        settings.burst = 100
        settings.refill = .milliseconds(10)
        settings.absence = .seconds(1)
        return settings
    }
}
