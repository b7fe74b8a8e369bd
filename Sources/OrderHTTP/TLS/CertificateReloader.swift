package import Logging
internal import ServiceLifecycle

/// Looks now and then whether the certificates' files have changed.
package struct CertificateReloader: Service {
    private let certificates: ServerCertificates
    private let interval: Duration
    private let logger: Logger

    package init(_ certificates: ServerCertificates, every interval: Duration = .seconds(5), logger: Logger) {
        self.certificates = certificates
        self.interval = interval
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var lastFailure: String?
            while (try? await Task.sleep(for: interval)) != nil {
                do throws(TLSError) {
                    if try certificates.reload() { logger.info("certificates reloaded") }
                    lastFailure = nil
                } catch {
                    // Files that are being replaced one after the other fit together a moment later.
                    if lastFailure != error.description {
                        logger.warning("certificates not reloaded", metadata: ["reason": "\(error)"])
                    }
                    lastFailure = error.description
                }
            }
        }
    }
}
