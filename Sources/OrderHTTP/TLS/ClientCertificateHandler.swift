internal import Crypto
internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// Notes the caller's certificate when the handshake is done.
final class ClientCertificateHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event,
            let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate(),
            let der = try? certificate.toDERBytes()
        {
            connection.proved(
                ClientCertificate(thumbprint: Array(SHA256.hash(data: der)), names: Self.names(of: certificate))
            )
        }
        context.fireUserInboundEventTriggered(event)
    }

    private static func names(of certificate: NIOSSLCertificate) -> [CertificateName] {
        certificate._subjectAlternativeNames().compactMap { name in
            let kind: CertificateName.Kind
            switch name.nameType {
            case .dnsName: kind = .dns
            case .uri: kind = .uri
            default: return nil
            }
            return String(validating: name.contents, as: UTF8.self).map { CertificateName(kind, $0) }
        }
    }
}

@available(*, unavailable)
extension ClientCertificateHandler: Sendable {}
