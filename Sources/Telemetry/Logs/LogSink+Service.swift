import ServiceLifecycle

extension LogSink: Service {
    /// Flushes every 200 ms until the program ends, and then once more.
    ///
    /// First in a service group, so that it ends last.
    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                self.flush()
                try await Task.sleep(for: .milliseconds(200))
            }
        }
        finish()
    }
}
