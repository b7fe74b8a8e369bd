package import Hummingbird
package import NIOCore

/// Where a request came from, as the server gives it to the responder.
package struct RequestSource: InitializableFromSource {
    package let connection: Connection?
    package let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        channel = source.channel
        connection = Connection.current
    }

    /// Gives the body of the request that is being answered the time of callers who are known.
    package func callerIsKnown() {
        channel.triggerUserOutboundEvent(CallerKnownEvent(), promise: nil)
    }
}
