import ArgumentParser

/// How a command reaches the console; for `@OptionGroup`.
struct ConsoleOptions: ParsableArguments {
    @OptionGroup var output: OutputOptions

    /// Runs the body with a client of the console that the settings name.
    func withClient<Value>(_ body: (ConsoleClient) async throws -> Value) async throws -> Value {
        let loaded = try Settings.load(from: Settings.environment, ConsoleEndpoint.init)
        for warning in loaded.warnings { StandardStream.error.write("warning: \(warning)\n") }
        return try await ConsoleClient.withClient(to: loaded.value, body)
    }

    /// Prints an answer as the console gave it, or as text for people.
    func show(_ answer: [UInt8], as text: () throws -> String) rethrows {
        switch output.format {
        case .json: StandardStream.output.write(String(decoding: answer, as: UTF8.self) + "\n")
        case .table: StandardStream.output.write(try text())
        }
    }
}
