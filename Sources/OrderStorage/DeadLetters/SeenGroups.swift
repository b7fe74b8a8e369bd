internal import Orders
internal import Postgres

/// Groups that a statement refers to, to be made known before it.
struct SeenGroups {
    private struct Group {
        let tenant: String?
        let command: String
        let failure: LetterFailure
        var first: Timestamp
        var last: Timestamp
    }

    private var groups: [GroupID: Group] = [:]

    var isEmpty: Bool { groups.isEmpty }

    mutating func see(_ id: GroupID, tenant: String?, command: String, failure: LetterFailure, at time: Timestamp) {
        var group = groups[id] ?? Group(tenant: tenant, command: command, failure: failure, first: time, last: time)
        group.first = min(group.first, time)
        group.last = max(group.last, time)
        groups[id] = group
    }

    /// The statement's values, sorted, so that two who see the same groups do not wait for each other.
    var parameters: [Parameter] {
        let sorted = groups.sorted { $0.key.bits < $1.key.bits }
        var ids = ArrayColumn(.uuid, capacity: sorted.count)
        var (first, last) = (ArrayColumn(.timestamptz), ArrayColumn(.timestamptz))
        var reasons = ArrayColumn(.int2)
        var (tenants, commands) = (ArrayColumn(.text), ArrayColumn(.text))
        var (codes, patterns) = (ArrayColumn(.text), ArrayColumn(.text))
        for (id, group) in sorted {
            ids.append(uuid: id.bits)
            first.append(unixMicroseconds: group.first.microseconds)
            last.append(unixMicroseconds: group.last.microseconds)
            reasons.append(group.failure.reason.rawValue)
            tenants.append(group.tenant?.storable)
            commands.append(group.command.storable)
            codes.append(group.failure.code.storable)
            patterns.append(FailurePattern(normalising: group.failure.message).text.storable)
        }
        return [
            .array(ids), .array(first), .array(last), .array(reasons), .array(tenants), .array(commands),
            .array(codes), .array(patterns),
        ]
    }
}
