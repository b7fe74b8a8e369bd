internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import Orders

/// Writes one line a request.
struct RequestLog: Sendable {
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    func answered(_ exchange: Exchange, _ answer: Answer) {
        let level: Logger.Level = answer.status.code >= 500 ? .warning : .info
        guard level >= logger.logLevel else { return }
        var metadata: Logger.Metadata = [
            LogKey.requestID: .string(exchange.requestID),
            LogKey.traceparent: .string(exchange.trace.traceparent),
            LogKey.method: .string(exchange.request.method.rawValue),
            LogKey.route: .string(exchange.route?.template ?? Route.noTemplate),
            LogKey.status: .stringConvertible(answer.status.code),
            LogKey.address: .stringConvertible(exchange.address),
            LogKey.duration: .stringConvertible(Self.milliseconds(exchange.start.duration(to: .now))),
        ]
        if let code = answer.code { metadata[LogKey.code] = .string(code) }
        if let orderID = exchange.orderID { metadata[LogKey.orderID] = .string(orderID) }
        if let caller = exchange.caller {
            metadata[LogKey.clientID] = .string(caller.clientID)
            metadata[LogKey.tenant] = .string(caller.tenant)
        }
        logger.log(level: level, "request", metadata: metadata)
    }

    /// To the microsecond.
    private static func milliseconds(_ duration: Duration) -> Double {
        (duration / .microseconds(1)).rounded() / 1000
    }
}
