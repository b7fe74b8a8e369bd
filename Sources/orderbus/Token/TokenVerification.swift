internal import Synchronization
package import Tokens

/// Judges tokens with the worker's settings and the issuer's keys of the moment.
package struct TokenVerification: Sendable {
    private let verifier: TokenVerifier
    private let keys: KeySet

    package init(settings: TokenSettings, keys: KeySet) {
        verifier = TokenVerifier(policy: TokenPolicy(settings))
        self.keys = keys
    }

    /// Judges everything.
    ///
    /// - Parameter now: seconds since 1970.
    package func verdict(on token: [UInt8], now: Int64 = WallClock.seconds) -> TokenReport {
        switch verifier.verify(token, keys: keys, now: now) {
        case .accepted(let principal): .principal(principal)
        case .refused(let refusal): .refused(refusal)
        case .unknownKey, .keysUnavailable: .refused(.keyUnknown)
        }
    }

    /// Judges form, header, key and signature alone.
    package func signature(of token: [UInt8]) -> TokenReport {
        switch TokenVerifier.verifySignature(of: token, keys: keys) {
        case .valid(let signed): .signature(signed)
        case .refused(let refusal): .refused(refusal)
        case .unknownKey: .refused(.keyUnknown)
        }
    }

    // MARK: - Settings and keys

    /// Reads the settings.
    ///
    /// - Parameter signatureOnly: needs no issuer and no audience where the keys are named otherwise.
    static func settings(signatureOnly: Bool) throws(SettingsError) -> TokenSettings {
        var environment = Settings.environment
        if signatureOnly, environment[Setting.jwksFile.name] != nil || environment[Setting.jwksURL.name] != nil {
            for setting in [Setting.issuer, .audience] where environment[setting.name] == nil {
                environment[setting.name] = setting.example
                environment[setting.name + "_FILE"] = nil
            }
        }
        let loaded = try Settings.load(from: environment, TokenSettings.init)
        for warning in loaded.warnings { StandardStream.error.write("warning: \(warning)\n") }
        return loaded.value
    }

    /// The sources that were asked: their HTTP clients must live as long as the process.
    private static let kept = Mutex<[JWKSSource]>([])

    /// Reads or fetches the issuer's keys once.
    ///
    /// - Throws: an explanation with the exit code of wrong settings, so that nobody takes it for a refusal.
    static func keys(_ source: TokenSettings.Keys) async throws -> KeySet {
        let place =
            switch source {
            case .file(let path): path
            case .url(let url): MaskedURL.mask(url)
            }
        do {
            let source = JWKSSource(source)
            kept.withLock { $0.append(source) }
            switch source {
            case .file(let path): return try KeySet(jwks: Array(try SettingFile.read(path).text.utf8))
            case .fetch(let fetch): return try KeySet(jwks: try await fetch().bytes)
            }
        } catch {
            let reason = (error as? SettingFileError)?.reason ?? "\(error)"
            throw ExplainedError(
                what: "the issuer's keys cannot be had: \(reason)",
                place: place,
                advice: "see that OIDC_JWKS_FILE or OIDC_JWKS_URL is right",
                status: .wrongUsage
            )
        }
    }
}
