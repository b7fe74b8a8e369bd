import ArgumentParser

/// `orderbus topology apply`: makes the broker as defined, and looks whether it is.
struct TopologyApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Create and change what differs, then compare again.",
        discussion: """
            Can be run any number of times. Deletes nothing but, with --prune, bindings to the defined queues that \
            nobody defined. Exit code 3 where something is left that cannot be changed in place.
            """
    )

    @Flag(help: "Also remove bindings to the defined queues that are not defined.")
    var prune = false

    @OptionGroup var options: TopologyOptions

    func run() async throws {
        let target = try options.target()
        let (planned, left) = try await ManagementClient.withClient(to: target.endpoint) { client in
            let planned = try await target.differences(client)
            for difference in planned {
                try await apply(difference, client)
            }
            return (planned, planned.isEmpty ? [] : try await target.differences(client))
        }
        let done = planned.filter { $0.isApplicable || (prune && $0.finding == .extra) }
        let table = TopologyReport.table(done, in: .actions(prune: prune))
        StandardStream.output.write(table.text(as: options.output.format))
        try report(left: left, from: target.endpoint.base)
    }

    private func apply(_ difference: TopologyDifference, _ client: ManagementClient) async throws {
        switch (difference.finding, difference.subject) {
        case (.missing, let subject), (.different, let subject):
            try await client.apply(subject)
        case (.extra, .binding(let binding)) where prune:
            try await client.remove(binding)
        case (.extra, _), (.fixed, _), (.shadowed, _), (.overruled, _):
            break
        }
    }

    /// Tells what is still not as defined; bindings that were to be left are a word and no failure.
    private func report(left: [TopologyDifference], from place: String) throws {
        let extras = left.filter { $0.finding == .extra }
        let wrong = left.filter { $0.finding != .extra || prune }
        guard wrong.isEmpty else {
            StandardStream.error.write(TopologyReport.table(left, in: .findings).text(as: .table))
            throw ExplainedError(
                what: "the broker still differs from the definitions in \(left.count) respects",
                place: place,
                advice: TopologyReport.advice(on: left),
                status: .partlyDone
            )
        }
        if !extras.isEmpty {
            StandardStream.error.write(TopologyReport.table(extras, in: .findings).text(as: .table))
        }
        let words = extras.isEmpty ? "the broker is" : "left alone, --prune removes them; everything else is"
        StandardStream.error.write("\(words) as defined\n")
    }
}
