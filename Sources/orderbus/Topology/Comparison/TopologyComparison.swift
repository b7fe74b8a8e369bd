/// Compares what a broker is to have with what it was found to have.
///
/// Pure. Only what is defined is looked at, and beside it bindings to our queues and policies that match our queues
/// and exchanges: those that others made there change what happens to our messages.
package struct TopologyComparison {
    package let wanted: TopologyDefinitions
    package let found: TopologyDefinitions
    /// Passwords to be set, by user; others are left as they are.
    package let passwords: [String: String]

    package init(wanted: TopologyDefinitions, found: TopologyDefinitions, passwords: [String: String] = [:]) {
        self.wanted = wanted
        self.found = found
        self.passwords = passwords
    }

    /// Everything that is not as it should be, in the order in which it must be set right.
    package var differences: [TopologyDifference] {
        vhosts + users + permissions + policies + exchanges + queues + bindings + shadows + overruled + extras
    }

    private var vhosts: [TopologyDifference] {
        wanted.vhosts.filter { !found.vhosts.contains($0) }.map { TopologyDifference(.missing, .vhost($0)) }
    }

    private var permissions: [TopologyDifference] {
        wanted.permissions.compactMap { wanted in
            let found = found.permissions.first { $0.user == wanted.user && $0.vhost == wanted.vhost }
            let fields: [Field] = [
                ("configure", wanted.configure, found?.configure),
                ("write", wanted.write, found?.write),
                ("read", wanted.read, found?.read),
            ]
            return Self.difference(.permission(wanted), found, fields: fields)
        }
    }

    private var policies: [TopologyDifference] {
        wanted.policies.compactMap { wanted in
            let found = found.policies.first { $0.name == wanted.name && $0.vhost == wanted.vhost }
            let fields: [Field] = [
                ("pattern", wanted.pattern, found?.pattern),
                ("apply-to", wanted.applyTo, found?.applyTo),
                ("priority", "\(wanted.priority)", found.map { "\($0.priority)" }),
            ]
            return Self.difference(
                .policy(wanted),
                found,
                fields: fields + Self.fields(wanted.definition, found?.definition)
            )
        }
    }

    private var exchanges: [TopologyDifference] {
        wanted.exchanges.compactMap { wanted in
            let found = found.exchanges.first { $0.name == wanted.name && $0.vhost == wanted.vhost }
            let fields: [Field] = [
                ("type", wanted.type, found?.type),
                ("durable", "\(wanted.durable)", found.map { "\($0.durable)" }),
                ("auto_delete", "\(wanted.autoDelete)", found.map { "\($0.autoDelete)" }),
                ("internal", "\(wanted.isInternal)", found.map { "\($0.isInternal)" }),
            ]
            return Self.difference(
                .exchange(wanted),
                found,
                fields: fields + Self.fields(wanted.arguments, found?.arguments),
                finding: .fixed
            )
        }
    }

    private var queues: [TopologyDifference] {
        wanted.queues.compactMap { wanted in
            let found = found.queues.first { $0.name == wanted.name && $0.vhost == wanted.vhost }
            let fields: [Field] = [
                ("durable", "\(wanted.durable)", found.map { "\($0.durable)" }),
                ("auto_delete", "\(wanted.autoDelete)", found.map { "\($0.autoDelete)" }),
            ]
            return Self.difference(
                .queue(wanted),
                found,
                fields: fields + Self.fields(wanted.arguments, found?.arguments),
                finding: .fixed
            )
        }
    }

    private var bindings: [TopologyDifference] {
        wanted.bindings.filter { !found.bindings.contains($0) }.map { TopologyDifference(.missing, .binding($0)) }
    }
}

extension TopologyComparison {
    typealias Field = (name: String, wanted: String, found: String?)

    /// The difference of one thing, nil where it is as wanted.
    static func difference<Thing>(
        _ subject: TopologySubject,
        _ found: Thing?,
        fields: [Field],
        finding: TopologyDifference.Finding = .different
    ) -> TopologyDifference? {
        guard found != nil else { return TopologyDifference(.missing, subject) }
        let changes = fields.filter { $0.wanted != $0.found }.map { field in
            "\(field.name): \(field.found ?? "none") → \(field.wanted)"
        }
        return changes.isEmpty ? nil : TopologyDifference(finding, subject, detail: changes.joined(separator: "; "))
    }

    /// The members of two dictionaries, those that only one has among them, by name in order.
    static func fields(_ wanted: [String: TopologyValue], _ found: [String: TopologyValue]?) -> [Field] {
        Set(wanted.keys).union(found?.keys ?? [:].keys).sorted().map { key in
            (key, wanted[key]?.description ?? "none", found?[key]?.description ?? "none")
        }
    }
}
