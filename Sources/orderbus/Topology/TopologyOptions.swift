import ArgumentParser

/// What all topology commands are told.
struct TopologyOptions: ParsableArguments {
    @Option(
        help: "A definitions file; without it those built into the program.",
        completion: .file(extensions: ["json"])
    )
    var definitions: String?

    @OptionGroup var output: OutputOptions

    /// What is wanted, and where.
    struct Target {
        let wanted: TopologyDefinitions
        let endpoint: ManagementEndpoint
        let passwords: [String: String]

        /// How the broker differs at this moment.
        func differences(_ client: ManagementClient) async throws -> [TopologyDifference] {
            let found = try await client.state(for: wanted)
            return TopologyComparison(wanted: wanted, found: found, passwords: passwords).differences
        }
    }

    /// Reads the definitions and the settings.
    func target() throws -> Target {
        let definitions = try TopologyDefinitions.load(path: definitions)
        let loaded = try Settings.load(from: Settings.environment) { reader in
            let settings = ManagementSettings(users: definitions.users.map(\.name), reading: &reader)
            let endpoint = ManagementEndpoint(url: settings.url)
            if endpoint == nil, reader.problems.isEmpty {
                reader.refuse(.amqpManagementURL, "is not of the form http://user:password@host:port/vhost")
            }
            return (settings: settings, endpoint: endpoint)
        }
        for warning in loaded.warnings {
            StandardStream.error.write("warning: \(warning)\n")
        }
        guard let endpoint = loaded.value.endpoint else { throw ExitStatus.wrongUsage.exit }
        return Target(
            wanted: endpoint.vhost.map { definitions.moved(to: $0) } ?? definitions,
            endpoint: endpoint,
            passwords: loaded.value.settings.passwords
        )
    }
}
