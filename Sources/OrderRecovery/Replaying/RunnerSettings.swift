/// How jobs are run.
package struct RunnerSettings: Sendable {
    /// Jobs at the same time.
    package var jobLimit = 4
    /// Messages of a job that wait for their answers at the same time.
    package var inFlightLimit = 200
    /// How long a runner that dies keeps a job from the others.
    package var lease = Duration.seconds(10)
    /// How often a runner looks for jobs, and for what an operator said about the one that it has.
    package var checkInterval = Duration.seconds(1)
    /// How long to wait for the first answer; twice as long after each repetition, which covers the workers' own
    /// retries of some minutes.
    package var replyWait = Duration.seconds(30)
    /// How often a message is sent before it counts as unanswered.
    ///
    /// Commands carry their idempotency key, so a repetition does nothing twice.
    package var sendLimit = 4
    /// How long a console leaves a job to the others for which it has nobody's token.
    package var authorityPause = Duration.seconds(5)

    package init() {}
}
