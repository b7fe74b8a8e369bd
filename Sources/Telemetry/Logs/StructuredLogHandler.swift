package import Logging

/// The swift-log backend: one line a record in a ``LogSink``.
///
/// Metadata of the record goes before the logger's, and that before the metadata provider's. Keys are written in
/// order of name, beside `time`, `level`, `logger` and `message`; a key of one of these names gets `metadata.` before it.
package struct StructuredLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let sink: LogSink

    /// Makes a handler for `LoggingSystem.bootstrap`.
    package init(label: String, sink: LogSink, metadataProvider: Logger.MetadataProvider? = nil) {
        self.label = label
        self.sink = sink
        self.metadataProvider = metadataProvider
        logLevel = sink.level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let fields = merged(event.metadata).sorted { $0.key < $1.key }
        sink.write(event.level, event.message.description, logger: label) { text in
            for (key, value) in fields {
                text.field(Self.reservedKeys.contains(key) ? "metadata.\(key)" : key, metadata: value)
            }
            if let error = event.error {
                text.field("error", "\(error)")
            }
        }
    }

    private func merged(_ explicit: Logger.Metadata?) -> Logger.Metadata {
        if metadataProvider == nil, metadata.isEmpty { return explicit ?? [:] }
        var all = metadataProvider?.get() ?? [:]
        all.merge(metadata) { _, own in own }
        if let explicit {
            all.merge(explicit) { _, own in own }
        }
        return all
    }

    private static let reservedKeys: Set<String> = ["time", "level", "logger", "message"]
}
