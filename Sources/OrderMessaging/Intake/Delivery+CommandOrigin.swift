internal import AMQP
internal import Orders

/// A delivery is what a command came in.
extension Delivery: CommandOrigin {
    package var byteCount: Int { body.count }
}
