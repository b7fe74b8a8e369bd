extension TokenRefusal {
    /// Says what is wrong with the token, and nothing of what stands in it.
    package var sentence: String {
        switch self {
        case .notBearer: "The authorization is not `Bearer` and one token."
        case .tooLong: "The token is longer than 8 KiB, or its header or signature longer than a token needs."
        case .notThreeSegments: "The token is not three segments: it is no signed token in compact form."
        case .notBase64URL: "A segment is not base64url without padding."
        case .headerMalformed: "The header is not one small JSON object without duplicate members."
        case .algorithmNotAllowed: "The header's `alg` is not RS256, PS256, ES256 or EdDSA."
        case .typeNotAllowed: "The header's `typ` is missing or not that of an access token."
        case .contentType: "The header has `cty`: nested tokens are not accepted."
        case .criticalExtension: "The header has `crit` or `b64`: no extension is understood."
        case .embeddedKey: "The header brings or points to a key (`jku`, `jwk`, `x5u` or `x5c`)."
        case .keyIDMissing: "The header has no `kid`, and the issuer has more than one key."
        case .keyIDMalformed: "The header's `kid` is not a string of at most 256 bytes."
        case .keyUnknown: "The issuer has no key of the name in the header's `kid`."
        case .algorithmMismatch: "The header's `alg` is not the algorithm of its key."
        case .signatureInvalid: "The signature does not match."
        case .claimsMalformed: "The claims are not one JSON object without duplicate members."
        case .issuerMismatch: "`iss` is not the issuer trusted here."
        case .audienceMalformed: "`aud` is not a string or a list of 1 to 16 strings."
        case .audienceMismatch: "`aud` does not name this service."
        case .expiryMissing: "`exp` is missing: the token would never expire."
        case .timeMalformed: "`exp`, `nbf` or `iat` is not a number of seconds between 1970 and 9999."
        case .expired: "The token has expired."
        case .notYetValid: "The token is not valid yet (`nbf`)."
        case .issuedInFuture: "The token was issued in the future (`iat`): a clock is wrong."
        case .identityMalformed:
            "`sub`, `client_id`, `azp`, `jti` or the tenant is not a string of 1 to 255 bytes without control characters."
        case .identityMissing: "The token names no client: `client_id`, `azp` and `sub` are missing."
        case .scopeMalformed: "`scope` is not a string of scopes, or `scp` not a list of them."
        case .confirmationMalformed: "`cnf` is not an object, or its `x5t#S256` not a SHA-256 in base64url."
        }
    }
}
