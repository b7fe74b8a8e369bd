import FoundationEssentials

extension TopologyDefinitions: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case vhosts
        case users
        case permissions
        case policies
        case exchanges
        case queues
        case bindings
        case topicPermissions = "topic_permissions"
        case parameters
        case globalParameters = "global_parameters"
    }

    private struct VirtualHost: Decodable {
        let name: String
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func list<Element: Decodable>(_ key: CodingKeys, of type: Element.Type) throws -> [Element] {
            try container.decodeIfPresent([Element].self, forKey: key) ?? []
        }
        for key in [CodingKeys.topicPermissions, .parameters, .globalParameters] {
            guard try list(key, of: TopologyValue.self).isEmpty else {
                let what = "\"\(key.rawValue)\" is not empty, and this program does not know how to apply that"
                throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: what)
            }
        }
        vhosts = try list(.vhosts, of: VirtualHost.self).map(\.name)
        users = try list(.users, of: BrokerUser.self)
        permissions = try list(.permissions, of: BrokerPermission.self)
        policies = try list(.policies, of: BrokerPolicy.self)
        exchanges = try list(.exchanges, of: BrokerExchange.self)
        queues = try list(.queues, of: BrokerQueue.self)
        bindings = try list(.bindings, of: BrokerBinding.self)
    }

    /// Reads a definitions file's content.
    ///
    /// - Parameter place: named in the error, for example the file's path.
    /// - Throws: ``ExplainedError`` that says which part is wrong.
    package init(json: [UInt8], place: String) throws {
        do {
            self = try JSONDecoder().decode(TopologyDefinitions.self, from: Data(json))
        } catch let error as DecodingError {
            throw ExplainedError(
                what: "the definitions cannot be read: \(Self.words(of: error))",
                place: place,
                advice: "compare it with topology/definitions.json of this version",
                status: .wrongUsage
            )
        }
    }

    private static func words(of error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "\(path(context)) has no \"\(key.stringValue)\""
        case .typeMismatch(_, let context), .valueNotFound(_, let context): "\(path(context)) is of the wrong type"
        case .dataCorrupted(let context): context.debugDescription
        @unknown default: "\(error)"
        }
    }

    private static func path(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.reduce("") { path, key in
            key.intValue.map { "\(path)[\($0)]" } ?? (path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)")
        }
        return path.isEmpty ? "the whole" : path
    }
}
