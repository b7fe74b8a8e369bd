internal import NIOCore
internal import NIOHTTP1

/// Holds a connection to its limits of time, answers what is no HTTP, and ends it politely.
///
/// Stands between HTTP/1's codec and whoever answers; lives on the connection's event loop alone.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private var phase: ConnectionPhase
    private let tick: TimeAmount
    private var timer: Scheduled<Void>?
    private var requestCount = 0
    private var responseCount = 0
    /// The number of the request after whose response the connection ends; what comes behind it is dropped.
    private var lastRequest: Int?
    /// What belongs to a head that went no further.
    private var isDropping = false
    private var hasUnreadInput = false
    private var discardedBytes = 0
    /// In bytes.
    private static let longestFarewell = 1 << 20

    init(limits: ConnectionLimits) {
        phase = ConnectionPhase(limits: limits, at: .now)
        let shortest = [limits.headTime, limits.bodyTime, limits.writeTime, limits.idleTime, limits.lingerTime].min()
        tick = TimeAmount(min(max((shortest ?? .seconds(1)) / 4, .milliseconds(20)), .seconds(1)))
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { startTimer(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        startTimer(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
    }

    func bytesArrived() {
        phase.bytesArrived(at: .now)
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard lastRequest == nil || !isBehindLast else {
            discard(unwrapInboundIn(data), context)
            return
        }
        switch unwrapInboundIn(data) {
        case .head(let head):
            isDropping = lastRequest != nil
            guard !isDropping else {
                hasUnreadInput = true
                return
            }
            if let problem = HeadRule.problem(of: head) {
                isDropping = true
                refuse(HeadErrorResponse(problem), context)
                return
            }
            requestCount += 1
            hasUnreadInput = true
            if !head.isKeepAlive { lastRequest = requestCount }
            phase.headArrived(at: .now)
        case .body, .end:
            guard !isDropping else { return }
            guard case .end = unwrapInboundIn(data) else { break }
            hasUnreadInput = false
            phase.requestEnded(at: .now)
        }
        context.fireChannelRead(data)
    }

    /// Throws away what comes behind the last response, as far as that is worth the caller's reading it.
    private func discard(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        guard case .body(let buffer) = part else { return }
        discardedBytes += buffer.readableBytes
        if discardedBytes > Self.longestFarewell { context.close(promise: nil) }
    }

    /// The last request's response is complete.
    private var isBehindLast: Bool { lastRequest.map { responseCount >= $0 } ?? false }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let parserError = error as? HTTPParserError else {
            context.fireErrorCaught(error)
            context.close(promise: nil)
            return
        }
        refuse(HeadErrorResponse(parserError), context)
    }

    /// Answers what no responder sees, and ends the connection; where a response is owed already, that one is the last.
    private func refuse(_ response: HeadErrorResponse, _ context: ChannelHandlerContext) {
        guard !isBehindLast else { return }
        hasUnreadInput = true
        lastRequest = max(requestCount, 1)
        if phase.isBusy {
            context.fireErrorCaught(MalformedRequest())
        } else {
            lastRequest = responseCount
            response.write(to: context)
            end(context)
        }
    }

    // MARK: - Responses

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            guard head.status.code >= 200 else { break }
            if head.headers.contains(name: "connection") { lastRequest = responseCount + 1 }
            guard lastRequest == responseCount + 1 else { break }
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
            return
        case .body:
            break
        case .end:
            responseCount += 1
            context.write(data, promise: promise)
            phase.responseEnded(at: .now)
            if lastRequest == responseCount { end(context) }
            return
        }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        phase.writabilityChanged(context.channel.isWritable, at: .now)
        context.fireChannelWritabilityChanged()
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        switch event {
        case is ContinueEvent:
            let head = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(head)), promise: promise)
        case is CallerKnownEvent:
            phase.callerKnown(at: .now)
            promise?.succeed()
        default:
            context.triggerUserOutboundEvent(event, promise: promise)
        }
    }

    // MARK: - The end

    /// Ends the connection behind the last response.
    ///
    /// Closing it while the caller still sends would let the kernel throw the response away: RFC 9112 §9.6.
    private func end(_ context: ChannelHandlerContext) {
        phase.lastResponseWritten(at: .now)
        context.flush()
        guard hasUnreadInput else {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            // Behind the write that is under way.
            context.eventLoop.execute { bound.value.close(promise: nil) }
            return
        }
        context.close(mode: .output, promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            if phase.isBusy {
                lastRequest = lastRequest ?? max(requestCount, responseCount + 1)
            } else {
                context.close(promise: nil)
            }
        case ChannelEvent.inputClosed where phase.state == .lingering:
            context.close(promise: nil)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    // MARK: - Time

    private func startTimer(_ context: ChannelHandlerContext) {
        timer?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: tick) {
            let (handler, context) = bound.value
            handler.ticked(context)
        }
    }

    private func ticked(_ context: ChannelHandlerContext) {
        switch phase.expiry(at: .now) {
        case .none:
            break
        case .requestLate:
            lastRequest = max(requestCount, 1)
            phase.toldLate(at: .now)
            context.fireErrorCaught(RequestTimeout())
        case .close:
            context.close(promise: nil)
            return
        }
        startTimer(context)
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
