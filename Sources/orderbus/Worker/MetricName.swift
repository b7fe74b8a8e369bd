internal import Telemetry

/// The worker's metrics, with their help.
enum MetricName {
    static let commands = "orderbus_commands_total"
    static let deadLetters = "orderbus_dead_letters_total"
    static let batchSize = "orderbus_batch_size"
    static let queueSeconds = "orderbus_command_queue_seconds"
    static let stepSeconds = "orderbus_step_seconds"
    static let events = "orderbus_events_total"
    static let outboxEvents = "orderbus_outbox_events"
    static let outboxAge = "orderbus_outbox_oldest_seconds"
    static let connectionUp = "orderbus_connection_up"
    static let repliesLost = "orderbus_replies_undeliverable_total"
    static let keys = "orderbus_jwks_keys"
    static let keysAge = "orderbus_jwks_age_seconds"

    static let definitions: [MetricDefinition] = [
        MetricDefinition(name: commands, help: "Commands settled, by name, outcome and code."),
        MetricDefinition(name: deadLetters, help: "Commands sent to the dead letters, by code."),
        MetricDefinition(
            name: batchSize,
            help: "Commands in one transaction, by lane.",
            buckets: MetricDefinition.sizeBuckets
        ),
        MetricDefinition(name: queueSeconds, help: "From a command's own timestamp to its reading, in whole seconds."),
        MetricDefinition(name: stepSeconds, help: "Time of a batch in each step: wait, commit, answer."),
        MetricDefinition(name: events, help: "Events published, by the broker's word on them."),
        MetricDefinition(name: outboxEvents, help: "Events committed and not yet known to be published."),
        MetricDefinition(name: outboxAge, help: "Age of the oldest of them."),
        MetricDefinition(name: connectionUp, help: "1 while a connection works, by name."),
        MetricDefinition(name: repliesLost, help: "Replies that no queue took, by reason."),
        MetricDefinition(name: keys, help: "The issuer's keys that verify tokens."),
        MetricDefinition(name: keysAge, help: "Since the issuer was last heard to have these keys."),
    ]
}
