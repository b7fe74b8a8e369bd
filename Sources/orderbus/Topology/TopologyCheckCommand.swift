import ArgumentParser

/// `orderbus topology check`: fails where the broker is not as defined.
struct TopologyCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Compare the broker with the definitions; exit code 1 on any difference."
    )

    @OptionGroup var options: TopologyOptions

    func run() async throws {
        let target = try options.target()
        let differences = try await ManagementClient.withClient(to: target.endpoint) { client in
            try await target.differences(client)
        }
        StandardStream.output.write(TopologyReport.table(differences, in: .findings).text(as: options.output.format))
        guard differences.isEmpty else {
            throw ExplainedError(
                what: "the broker differs from the definitions in \(differences.count) respects",
                place: target.endpoint.base,
                advice: TopologyReport.advice(on: differences)
            )
        }
        StandardStream.error.write("the broker is as defined\n")
    }
}
