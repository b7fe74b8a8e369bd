import ArgumentParser

/// `orderbus topology plan`: shows what `apply` would do, and does nothing.
struct TopologyPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what apply would create and change, and what cannot be changed in place."
    )

    @OptionGroup var options: TopologyOptions

    func run() async throws {
        let target = try options.target()
        let differences = try await ManagementClient.withClient(to: target.endpoint) { client in
            try await target.differences(client)
        }
        let table = TopologyReport.table(differences, in: .actions(prune: false))
        StandardStream.output.write(table.text(as: options.output.format))
        if differences.isEmpty {
            StandardStream.error.write("nothing to do: the broker is as defined\n")
        }
    }
}
