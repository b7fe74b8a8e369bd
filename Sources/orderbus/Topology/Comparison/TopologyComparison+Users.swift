extension TopologyComparison {
    /// Users that are missing, have other tags, or another password than the one given.
    var users: [TopologyDifference] {
        wanted.users.compactMap { wanted in
            let password = passwords[wanted.name]
            guard let found = found.users.first(where: { $0.name == wanted.name }) else {
                let canLogIn = password != nil || !wanted.passwordHash.isEmpty
                let detail = canLogIn ? "" : "without a password: cannot log in"
                return TopologyDifference(.missing, .user(withPassword(wanted, found: nil)), detail: detail)
            }
            let user = withPassword(wanted, found: found)
            var changes: [String] = []
            if user.passwordHash != found.passwordHash {
                changes.append("password")
            }
            if user.tags != found.tags {
                changes.append("tags: \(Self.list(found.tags)) → \(Self.list(user.tags))")
            }
            guard !changes.isEmpty else { return nil }
            return TopologyDifference(.different, .user(user), detail: changes.joined(separator: "; "))
        }
    }

    /// The user with the hash that the broker is to keep: of the password given, else of the file, else its own.
    private func withPassword(_ wanted: BrokerUser, found: BrokerUser?) -> BrokerUser {
        var user = wanted
        if let password = passwords[wanted.name] {
            if let found, PasswordHash.matches(password, hash: found.passwordHash, algorithm: found.hashingAlgorithm) {
                user.passwordHash = found.passwordHash
                user.hashingAlgorithm = found.hashingAlgorithm
            } else {
                user.passwordHash = PasswordHash.make(password)
                user.hashingAlgorithm = PasswordHash.algorithm
            }
        } else if let found, wanted.passwordHash.isEmpty {
            user.passwordHash = found.passwordHash
            user.hashingAlgorithm = found.hashingAlgorithm
        }
        return user
    }

    private static func list(_ tags: Set<String>) -> String {
        tags.isEmpty ? "none" : tags.sorted().joined(separator: ",")
    }
}
