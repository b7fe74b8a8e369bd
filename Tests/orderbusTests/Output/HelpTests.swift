import ArgumentParser
import Testing
@testable import orderbus

@Suite struct HelpTests {
    /// A command with all below it.
    private func all(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        [command] + command.configuration.subcommands.flatMap { all($0) }
    }

    /// Where the terminal is narrow, help is wrapped, and an example that is wrapped cannot be pasted.
    @Test func examplesFitIntoANarrowTerminal() {
        let lines = all(OrderbusCommand.self).flatMap { $0.configuration.discussion.split(separator: "\n") }
        let examples = lines.filter { $0.hasPrefix("  ") }
        #expect(examples.count > 20)
        #expect(examples.filter { $0.count > 80 } == [])
    }

    @Test func whatStandsBehindAnExampleIsAComment() {
        let lines = all(OrderbusCommand.self).flatMap { $0.configuration.discussion.split(separator: "\n") }
        let examples = lines.filter { $0.hasPrefix("  orderbus ") }
        #expect(examples.filter { $0.dropFirst(2).contains("   ") && !$0.contains("    # ") } == [])
    }
}
