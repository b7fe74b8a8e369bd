import ArgumentParser
import Testing
import orderbus

@Suite struct CommandLineRunTests {
    private struct Root: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "orderbus", subcommands: [Fail.self, Part.self])
    }

    private struct Fail: AsyncParsableCommand {
        @Option var status: Int32 = 1

        func run() async throws {
            throw ExplainedError(what: "no", status: ExitStatus(rawValue: status) ?? .failed)
        }
    }

    private struct Part: AsyncParsableCommand {
        func run() async throws { throw ExitStatus.partlyDone.exit }
    }

    @Test func wrongUsageIsTwoAndGoesToStandardError() throws {
        let error = #expect(throws: (any Error).self) { try Root.parseAsRoot(["--nonsense"]) }
        let ending = CommandLineRun.ending(of: try #require(error), from: Root.self)
        #expect(ending.code == 2)
        #expect(ending.stream == .error)
        #expect(ending.text.contains("nonsense"))
    }

    @Test(arguments: [["--help"], ["help"], ["--generate-completion-script", "bash"]])
    func helpIsAResultAndNoError(arguments: [String]) throws {
        let error = #expect(throws: (any Error).self) {
            var command = try Root.parseAsRoot(arguments)
            try command.run()
        }
        let ending = CommandLineRun.ending(of: try #require(error), from: Root.self)
        #expect(ending.code == 0)
        #expect(ending.stream == .output)
    }

    @Test(arguments: [1, 2, 3] as [Int32])
    func anExplainedErrorEndsWithItsOwnStatus(status: Int32) async {
        #expect(await CommandLineRun.run(Root.self, arguments: ["fail", "--status", "\(status)"]) == status)
    }

    @Test func aCommandThatSaidEverythingEndsSilently() {
        let ending = CommandLineRun.ending(of: ExitStatus.partlyDone.exit, from: Root.self)
        #expect(ending.code == 3)
        #expect(ending.text.isEmpty)
    }
}
