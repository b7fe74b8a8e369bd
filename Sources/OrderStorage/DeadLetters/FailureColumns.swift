internal import Orders
internal import Postgres

/// Failures and callers as columns of many rows.
struct FailureColumns {
    private(set) var first = ArrayColumn(.timestamptz)
    private(set) var last = ArrayColumn(.timestamptz)
    private(set) var attempts = ArrayColumn(.int4)
    private(set) var reasons = ArrayColumn(.int2)
    private var codes = ArrayColumn(.text)
    private var errors = ArrayColumn(.text)
    private var details = ArrayColumn(.text)
    private var releases = ArrayColumn(.text)
    private var tenants = ArrayColumn(.text)
    private var clients = ArrayColumn(.text)
    private var subjects = ArrayColumn(.text)
    private var scopes = ArrayColumn(.text)

    mutating func append(_ failure: LetterFailure, _ caller: Caller?) {
        first.append(unixMicroseconds: failure.firstFailedAt.microseconds)
        last.append(unixMicroseconds: failure.lastFailedAt.microseconds)
        attempts.append(Int32(clamping: failure.attempts))
        reasons.append(failure.reason.rawValue)
        codes.append(failure.code.storable)
        errors.append(failure.message.storable)
        details.append(failure.details?.storable)
        releases.append(failure.release?.storable)
        tenants.append(caller?.tenant.storable)
        clients.append(caller?.clientID.storable)
        subjects.append(caller?.subject?.storable)
        scopes.append(caller?.scopeText)
    }

    /// Code, error, details, release, tenant, client, subject and scopes.
    var texts: [Parameter] {
        [codes, errors, details, releases, tenants, clients, subjects, scopes].map { .array($0) }
    }
}
