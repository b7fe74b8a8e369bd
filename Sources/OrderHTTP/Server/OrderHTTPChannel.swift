internal import Crypto
internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
internal import NIOSSL

/// What is set up for each connection: TLS, HTTP/1.1 within limits, and one task on the connection's own thread.
struct OrderHTTPChannel: HTTPChannelHandler {
    struct Value: ServerChildChannelValue {
        let http: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
        let connection: Connection

        var channel: any Channel { http.channel }
    }

    let responder: HTTPChannelHandler.Responder
    let limits: ConnectionLimits
    let certificates: ServerCertificates?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let connection = Connection(peer: channel.remoteAddress?.plain ?? IPAddress(bits: 0))
            let pipeline = channel.pipeline.syncOperations
            if let certificates {
                try pipeline.addHandler(NIOSSLServerHandler(context: certificates.context))
                try pipeline.addHandler(ClientCertificateHandler(connection))
            }
            let connectionGuard = ConnectionGuard(limits: limits)
            try pipeline.addHandler(ByteArrivalHandler(connectionGuard))
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false,
                withErrorHandling: false,
                withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: decoderLimits
            )
            try pipeline.addHandler(connectionGuard)
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: certificates != nil))
            let http = try NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
            return Value(http: http, connection: connection)
        }
    }

    private var decoderLimits: NIOHTTPDecoderLimitConfiguration {
        var configuration = NIOHTTPDecoderLimitConfiguration()
        configuration.maxHeaderFieldSize = limits.fieldBytes
        configuration.maxHeaderListSize = limits.headBytes
        configuration.maxHeaderFieldCount = limits.fieldCount
        return configuration
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
            await Connection.$current.withValue(value.connection) {
                await handleHTTP(asyncChannel: value.http, logger: logger)
            }
        }
    }
}

extension SocketAddress {
    /// Without port and zone; `nil` for a socket in the file system.
    fileprivate var plain: IPAddress? {
        ipAddress.flatMap { IPAddress($0.prefix { $0 != "%" }) }
    }
}
