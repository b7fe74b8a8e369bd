import FoundationEssentials
import Testing
import orderbus

@Suite struct TopologyDefinitionsTests {
    /// The repository's root, also where this file is reached through a symbolic link.
    private static var root: URL {
        var url = URL(filePath: #filePath).resolvingSymlinksInPath()
        while url.path.count > 1, !FileManager.default.fileExists(atPath: url.appending(path: "topology").path) {
            url.deleteLastPathComponent()
        }
        return url
    }

    private func read(_ json: String) throws -> TopologyDefinitions {
        try TopologyDefinitions(json: Array(json.utf8), place: "test")
    }

    @Test func theProgramCarriesTheRepositorysDefinitions() throws {
        let file = try Data(contentsOf: Self.root.appending(path: "topology/definitions.json"))
        #expect(TopologyDefinitions.embeddedJSON == Array(file))
    }

    @Test func theBuiltInDefinitionsHoldWhatTheContractNames() throws {
        let definitions = try TopologyDefinitions.load(path: nil)
        let queues = ["commands", "queries", "retry.5s", "retry.30s", "retry.5m", "dead"]
        #expect(Set(definitions.queues.map(\.name)) == Set(queues.map { "orders.\($0)" }))
        #expect(definitions.queues.allSatisfy { $0.arguments == ["x-queue-type": .text("quorum")] })
        #expect(Set(definitions.users.map(\.name)) == ["producer", "worker", "gateway", "console"])
    }

    @Test func theyMoveToAnotherVirtualHostAsAWhole() throws {
        let moved = try TopologyDefinitions.load(path: nil).moved(to: "shop")
        #expect(moved.vhosts == ["shop"])
        #expect(moved.queues.allSatisfy { $0.vhost == "shop" })
        #expect(moved.bindings.allSatisfy { $0.vhost == "shop" })
        #expect(moved.permissions.allSatisfy { $0.vhost == "shop" })
    }

    @Test(arguments: [
        (#"{"queues": [{"name": "q"}]}"#, #"queues[0] has no "vhost""#),
        (#"{"queues": [{"name": 1}]}"#, "queues[0].name is of the wrong type"),
        (#"{"topic_permissions": [{"user": "x"}]}"#, #""topic_permissions" is not empty"#),
        ("[]", "the whole is of the wrong type"),
    ])
    func whatIsWrongInAFileIsNamed(json: String, words: String) {
        let error = #expect(throws: ExplainedError.self) { try read(json) }
        #expect(error?.explanation.what.contains(words) == true)
    }

    @Test func whatIsNotJSONIsRefused() {
        #expect(throws: ExplainedError.self) { try read("{") }
    }

    @Test func aFileThatIsNotThereIsNamed() {
        let error = #expect(throws: ExplainedError.self) { try TopologyDefinitions.load(path: "/none.json") }
        #expect(error?.explanation.place == "/none.json")
    }

    @Test func tagsComeAsAListOrAsWords() throws {
        let definitions = try read(
            #"{"users": [{"name": "a", "tags": "administrator,monitoring"}, {"name": "b", "tags": ["administrator"]}]}"#
        )
        #expect(definitions.users[0].tags == ["administrator", "monitoring"])
        #expect(definitions.users[1].tags == ["administrator"])
    }
}
