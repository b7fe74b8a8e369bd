import ArgumentParser

/// `orderbus dead discard`: takes letters out of what waits.
struct DeadDiscardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Discard letters; they can be restored until retention removes them."
    )

    @OptionGroup var settling: SettlingOptions

    func run() async throws {
        try await settling.run("discard", done: "discarded")
    }
}
