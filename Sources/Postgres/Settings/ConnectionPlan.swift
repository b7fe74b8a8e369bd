/// The hosts to try, in order, and the parameters common to all: the pure part of connecting.
///
/// libpq can walk through several hosts itself, but gives an unreachable one all the time there is. So each address is
/// tried by itself, with its own share.
struct ConnectionPlan: Sendable {
    struct Host: Hashable, Sendable {
        /// A name, an address or the directory of a Unix socket; `nil` leaves it to libpq's own defaults.
        var name: String?
        /// An address given beside the name.
        var address: String?
        var port: String?

        /// Whether the name must be looked up before libpq gets it, because libpq would block.
        var needsLookup: Bool {
            guard let name, address == nil else { return false }
            return !name.hasPrefix("/") && !name.hasPrefix("@")
        }

        var label: String { "\(name ?? address ?? "the default host")\(port.map { ":\($0)" } ?? "")" }

        var parameters: [ConnectionParameter] {
            [("host", name), ("hostaddr", address), ("port", port)].compactMap { keyword, value in
                value.map { ConnectionParameter(keyword: keyword, value: $0) }
            }
        }
    }

    let hosts: [Host]
    let parameters: [ConnectionParameter]
    /// What must never be seen in a message.
    let secrets: [String]

    init(_ settings: PostgresSettings) throws(PostgresError) {
        let given = try ConninfoHandle(settings.connectionString).parameters
        try ParameterChoices.check(given)
        var values: [String: String] = [:]
        for parameter in given { values[parameter.keyword] = parameter.value }

        secrets = ["password", "sslpassword"].compactMap { values[$0] }
        hosts = try Self.hosts(
            names: values.removeValue(forKey: "host"),
            addresses: values.removeValue(forKey: "hostaddr"),
            ports: values.removeValue(forKey: "port")
        )
        // One name may lead to a standby as well, while a failover is under way.
        if values["target_session_attrs"] == nil { values["target_session_attrs"] = "read-write" }
        values.merge(Self.defaults(settings)) { given, _ in given }
        let ours = Self.sessionOptions(settings)
        values["options"] = values["options"].map { "\(ours) \($0)" } ?? ours
        values["client_encoding"] = "UTF8"
        parameters = values.sorted { $0.key < $1.key }.map { ConnectionParameter(keyword: $0.key, value: $0.value) }
    }

    private static func hosts(names: String?, addresses: String?, ports: String?) throws(PostgresError) -> [Host] {
        let names = list(names)
        let addresses = list(addresses)
        let ports = list(ports)
        let count = max(names.count, addresses.count, 1)
        guard
            names.isEmpty || addresses.isEmpty || names.count == addresses.count,
            ports.count <= 1 || ports.count == count
        else {
            throw PostgresError(.invalidSettings, "the connection string has not as many hosts as addresses or ports")
        }
        // Not quoted: a password with a bare slash or colon in it ends up here.
        guard ports.allSatisfy({ $0.isEmpty || UInt16($0).map { $0 > 0 } ?? false }) else {
            throw PostgresError(.invalidSettings, "the connection string has a port that is no number from 1 to 65535")
        }
        return (0..<count).map { index in
            Host(
                name: value(names, index),
                address: value(addresses, index),
                port: value(ports, ports.count == 1 ? 0 : index)
            )
        }
    }

    private static func list(_ text: String?) -> [String] {
        guard let text else { return [] }
        return text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    private static func value(_ list: [String], _ index: Int) -> String? {
        guard list.indices.contains(index), !list[index].isEmpty else { return nil }
        return list[index]
    }

    private static func defaults(_ settings: PostgresSettings) -> [String: String] {
        [
            "fallback_application_name": settings.applicationName,
            "keepalives_idle": "\(max(1, settings.keepaliveIdle.components.seconds))",
            "keepalives_interval": "10",
            "keepalives_count": "3",
            "tcp_user_timeout": "\(settings.tcpUserTimeout.wholeMilliseconds)",
        ]
    }

    /// Session settings for the start-up packet: no round trip, and `RESET` returns to them.
    ///
    /// The operator's own `options` follow and so prevail.
    private static func sessionOptions(_ settings: PostgresSettings) -> String {
        var values = [
            ("statement_timeout", "\(settings.statementTimeout.wholeMilliseconds)"),
            ("lock_timeout", "\(settings.lockTimeout.wholeMilliseconds)"),
            ("idle_in_transaction_session_timeout", "\(settings.idleInTransactionTimeout.wholeMilliseconds)"),
            ("synchronous_commit", "on"),
        ]
        if settings.usesGenericPlans { values.append(("plan_cache_mode", "force_generic_plan")) }
        if settings.insistsOnIndexes {
            // What is switched off counts as so expensive that PostgreSQL would compile the smallest such plan.
            values += ["enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit"].map { ($0, "off") }
        }
        values += settings.sessionSettings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return values.map { "-c \($0)=\(escaped($1))" }.joined(separator: " ")
    }

    /// Spaces and backslashes as `options` wants them.
    ///
    /// Source: PostgreSQL 15, `pg_split_opts`.
    private static func escaped(_ value: String) -> String {
        String(value.flatMap { $0 == " " || $0 == "\\" ? ["\\", $0] : [$0] })
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return max(0, seconds) &* 1000 &+ max(0, attoseconds) / 1_000_000_000_000_000
    }
}
