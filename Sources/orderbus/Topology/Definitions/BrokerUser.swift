/// Someone who may log in to the broker.
package struct BrokerUser: Sendable, Equatable {
    package let name: String
    /// Salted; empty where nobody can log in as this user with a password.
    package var passwordHash: String
    /// `rabbit_password_hashing_sha256`, or another of the broker's modules.
    package var hashingAlgorithm: String
    package let tags: Set<String>

    package init(
        name: String,
        passwordHash: String = "",
        hashingAlgorithm: String = PasswordHash.algorithm,
        tags: Set<String> = []
    ) {
        self.name = name
        self.passwordHash = passwordHash
        self.hashingAlgorithm = hashingAlgorithm
        self.tags = tags
    }
}

extension BrokerUser: Codable {
    private enum CodingKeys: String, CodingKey {
        case name
        case passwordHash = "password_hash"
        case hashingAlgorithm = "hashing_algorithm"
        case tags
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        passwordHash = try container.decodeIfPresent(String.self, forKey: .passwordHash) ?? ""
        let algorithm = try container.decodeIfPresent(String.self, forKey: .hashingAlgorithm)
        hashingAlgorithm = algorithm ?? PasswordHash.algorithm
        // A list since RabbitMQ 3.9, words separated by commas before.
        if let list = try? container.decodeIfPresent([String].self, forKey: .tags) {
            tags = Set(list)
        } else {
            let text = try container.decodeIfPresent(String.self, forKey: .tags) ?? ""
            tags = Set(text.split(separator: ",").map(String.init))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(passwordHash, forKey: .passwordHash)
        try container.encode(hashingAlgorithm, forKey: .hashingAlgorithm)
        // Understood by every version, unlike a list.
        try container.encode(tags.sorted().joined(separator: ","), forKey: .tags)
    }
}
