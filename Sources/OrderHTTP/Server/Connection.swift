internal import NIOCore
internal import Synchronization

/// What is known of the connection that a request came on.
package final class Connection: Sendable {
    /// The connection of the task at hand; every request is answered in its connection's task.
    @TaskLocal package static var current: Connection?

    package let peer: IPAddress
    private let provenCertificate = Mutex<ClientCertificate?>(nil)

    package init(peer: IPAddress, certificate: ClientCertificate? = nil) {
        self.peer = peer
        provenCertificate.withLock { $0 = certificate }
    }

    package var certificate: ClientCertificate? { provenCertificate.withLock { $0 } }

    /// Notes the certificate once the handshake is done, which is before the first request.
    func proved(_ certificate: ClientCertificate) {
        provenCertificate.withLock { $0 = certificate }
    }
}
