internal import Telemetry

/// The console's metrics, with their help.
enum ConsoleMetricName {
    static let letters = "orderbus_letters"
    static let waiting = "orderbus_letters_waiting"
    static let oldest = "orderbus_letters_oldest_seconds"
    static let inflow = "orderbus_letters_inflow_day"
    static let repeatFailures = "orderbus_letters_failed_again"
    static let jobs = "orderbus_replay_jobs"
    static let kept = "orderbus_letters_kept_total"
    static let unreadable = "orderbus_letters_unreadable_total"
    static let replayed = "orderbus_letters_replayed_total"
    static let retired = "orderbus_letters_retired_total"

    static let definitions: [MetricDefinition] = [
        MetricDefinition(name: letters, help: "Dead letters that are kept, by state."),
        MetricDefinition(name: waiting, help: "Dead letters that wait for somebody, by reason."),
        MetricDefinition(name: oldest, help: "Since the oldest of those that wait was kept."),
        MetricDefinition(name: inflow, help: "Dead letters that came in the last day."),
        MetricDefinition(name: repeatFailures, help: "How often kept letters failed again after a replay."),
        MetricDefinition(name: jobs, help: "Replay jobs, by state."),
        MetricDefinition(name: kept, help: "Dead letters taken from their queue."),
        MetricDefinition(name: unreadable, help: "Dead letters that could not be kept as they came, by outcome."),
        MetricDefinition(name: replayed, help: "Dead letters sent again, by result."),
        MetricDefinition(name: retired, help: "Dead letters removed because their time was over."),
    ]
}
