internal import AMQP
internal import Orders

/// In whose name the console sends a dead letter again, as its headers say.
///
/// Who may say so is decided by the broker-validated publisher and by the operator's own token, never by the headers.
struct Delegation {
    /// Token claims have the same bound.
    private static let lengths = 1...255

    private let tenant: String
    private let client: String
    private let subject: String?
    private let scopes: [String]
    private let replayID: String?
    private let deadLetterID: String?

    /// The caller in whose name the command runs.
    ///
    /// - Parameters:
    ///   - publisher: as the broker vouches.
    ///   - authority: who the message's token proves its sender to be.
    /// - Throws: 403 for everybody but the console with an operator of the same tenant, or of the one that looks after
    ///   all; 400 for what it wrote wrong.
    static func caller(
        in headers: FieldTable,
        publishedBy publisher: ShortString?,
        trust: PublisherTrust,
        authority: Caller
    ) throws(Refusal) -> Caller {
        guard PublisherTrust.isVouched(publisher, as: trust.console) else {
            throw Refusal(.insufficientScope, "Only the operators' console may send a command in another's name")
        }
        guard authority.scopes.contains(DeadLetterScope.replay.rawValue) else {
            throw Refusal(
                .insufficientScope,
                "The token lacks the scope \(DeadLetterScope.replay.rawValue), which another's name needs"
            )
        }
        let delegation = try Delegation(headers)
        guard
            delegation.tenant.isSameName(as: authority.tenant) || authority.tenant.isSameName(as: trust.operatingTenant)
        else {
            throw Refusal(
                .insufficientScope,
                "The operator's token is of another tenant than the command, and not of one that looks after all"
            )
        }
        return Caller(
            tenant: delegation.tenant,
            clientID: delegation.client,
            subject: delegation.subject,
            scopes: delegation.scopes,
            replay: Replay(by: authority, replayID: delegation.replayID, deadLetterID: delegation.deadLetterID)
        )
    }

    private init(_ headers: FieldTable) throws(Refusal) {
        var violations: [Violation] = []
        let tenant = Self.name(HeaderName.onBehalfOfTenant, in: headers, &violations)
        let client = Self.name(HeaderName.onBehalfOfClient, in: headers, &violations)
        subject = Self.name(HeaderName.onBehalfOfSubject, in: headers, isRequired: false, &violations)
        scopes = Self.scopes(in: headers, &violations)
        replayID = Self.name(HeaderName.replayID, in: headers, isRequired: false, &violations)
        deadLetterID = Self.name(HeaderName.deadLetterID, in: headers, isRequired: false, &violations)
        guard violations.isEmpty, let tenant, let client else {
            throw Refusal(.validationFailed, "The command's on-behalf-of headers are wrong", details: violations)
        }
        self.tenant = tenant
        self.client = client
    }

    private static func name(
        _ header: ShortString,
        in headers: FieldTable,
        isRequired: Bool = true,
        _ violations: inout [Violation]
    ) -> String? {
        let values = headers.filter { $0.name == header }
        if values.isEmpty, !isRequired { return nil }
        if values.count == 1, let text = values[0].value.text, lengths.contains(text.utf8.count),
            !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        {
            return text
        }
        violations.append(
            Violation(
                field: header.description,
                message:
                    "must be one string of \(lengths.lowerBound) to \(lengths.upperBound) bytes, none of them control"
            )
        )
        return nil
    }

    /// Space-separated, as a token has them; none are none, and the command will be refused for it.
    private static func scopes(in headers: FieldTable, _ violations: inout [Violation]) -> [String] {
        let values = headers.filter { $0.name == HeaderName.onBehalfOfScopes }
        if values.isEmpty { return [] }
        guard values.count == 1, let text = values[0].value.text, text.utf8.count <= 4096 else {
            violations.append(
                Violation(
                    field: HeaderName.onBehalfOfScopes.description,
                    message: "must be one string of at most 4096 bytes, scopes with spaces between"
                )
            )
            return []
        }
        return text.split(separator: " ").map(String.init)
    }
}
