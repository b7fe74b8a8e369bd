/// The rule that a token broke; the raw value is its stable name.
///
/// Cases stand in the order in which the rules are applied. Each is the sender's fault: asking again cannot help.
package enum TokenRefusal: String, Error, Sendable, Hashable, CaseIterable {
    case notBearer = "not-bearer"
    case tooLong = "too-long"
    case notThreeSegments = "not-three-segments"
    case notBase64URL = "not-base64url"
    case headerMalformed = "header-malformed"
    case algorithmNotAllowed = "algorithm-not-allowed"
    case typeNotAllowed = "type-not-allowed"
    case contentType = "content-type"
    case criticalExtension = "critical-extension"
    case embeddedKey = "embedded-key"
    case keyIDMissing = "key-id-missing"
    case keyIDMalformed = "key-id-malformed"
    case keyUnknown = "key-unknown"
    case algorithmMismatch = "algorithm-mismatch"
    case signatureInvalid = "signature-invalid"
    case claimsMalformed = "claims-malformed"
    case issuerMismatch = "issuer-mismatch"
    case audienceMalformed = "audience-malformed"
    case audienceMismatch = "audience-mismatch"
    case expiryMissing = "expiry-missing"
    case timeMalformed = "time-malformed"
    case expired
    case notYetValid = "not-yet-valid"
    case issuedInFuture = "issued-in-future"
    case identityMalformed = "identity-malformed"
    case identityMissing = "identity-missing"
    case scopeMalformed = "scope-malformed"
    case confirmationMalformed = "confirmation-malformed"
}
