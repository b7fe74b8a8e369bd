internal import Logging
internal import NIOSSL
internal import Synchronization

/// The certificates of the moment: read anew when their files change, and each connection begins with the newest.
package final class ServerCertificates: Sendable {
    private struct Loaded: Sendable {
        let context: NIOSSLContext
        let stamps: [FileStamp?]
    }

    private let settings: TLSSettings
    private let loaded: Mutex<Loaded>

    /// Reads the files.
    ///
    /// - Throws: ``TLSError`` where one cannot be read or they do not fit together.
    package init(_ settings: TLSSettings) throws(TLSError) {
        self.settings = settings
        let stamps = FileStamp.of(settings.files)
        loaded = Mutex(Loaded(context: try Self.context(settings), stamps: stamps))
    }

    var context: NIOSSLContext { loaded.withLock { $0.context } }

    /// Reads the files again if they have changed; if that fails the old certificates stay.
    ///
    /// - Returns: whether there are new certificates.
    package func reload() throws(TLSError) -> Bool {
        // Taken before the files are read: a change meanwhile is seen the next time.
        let stamps = FileStamp.of(settings.files)
        guard loaded.withLock({ $0.stamps != stamps }) else { return false }
        let context = try Self.context(settings)
        loaded.withLock { $0 = Loaded(context: context, stamps: stamps) }
        return true
    }

    private static func context(_ settings: TLSSettings) throws(TLSError) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(settings.certificateFile)
            let key = try NIOSSLPrivateKey(file: settings.keyFile, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            if let file = settings.clientAuthorityFile {
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(file))
                // A client has no host name to be checked; the rule on names and token decides who it is.
                configuration.certificateVerification =
                    settings.clientCertificates == .required ? .noHostnameVerification : .optionalVerification
            }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSError(files: settings.files, reason: "\(error)")
        }
    }
}
