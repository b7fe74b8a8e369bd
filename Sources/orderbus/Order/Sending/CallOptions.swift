import ArgumentParser

/// What get, list and cancel are told alike; for `@OptionGroup`.
struct CallOptions: ParsableArguments {
    @Option(help: "How long to wait for the answer, all attempts together: ms, s or m.")
    var timeout = SignedDuration(.seconds(15))

    @OptionGroup var output: OutputOptions
    @OptionGroup var sender: SenderOptions

    func validate() throws {
        guard timeout.duration > .zero else { throw ValidationError("--timeout must be more than 0s") }
    }

    /// Runs the body; a refusal is printed as the contract's error where JSON is asked for.
    func withCalls(_ body: @escaping @Sendable (CommandCall) async throws -> Void) async throws {
        do {
            try await CommandCall.withCalls(sender, timeout: timeout.duration, body)
        } catch let failure as CommandFailure where output.format == .json {
            let error = JSONText.object([("error", .raw(failure.json))])
            StandardStream.output.write(String(decoding: error, as: UTF8.self) + "\n")
            throw ExitStatus.failed.exit
        }
    }
}
