import ArgumentParser

/// `orderbus dead restore`: brings discarded letters back.
struct DeadRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring discarded letters back among those that wait."
    )

    @OptionGroup var settling: SettlingOptions

    func run() async throws {
        try await settling.run("restore", done: "restored")
    }
}
