internal import CRabbitMQ

/// The methods that pass once a connection is set up: class in the upper half, method in the lower.
enum MethodID {
    static let basicClass: UInt16 = 60

    static let connectionClose = orderbus_connection_close
    static let connectionCloseOK = orderbus_connection_close_ok
    static let connectionBlocked = orderbus_connection_blocked
    static let connectionUnblocked = orderbus_connection_unblocked
    static let channelFlow = orderbus_channel_flow
    static let channelFlowOK = orderbus_channel_flow_ok
    static let channelClose = orderbus_channel_close
    static let channelCloseOK = orderbus_channel_close_ok
    static let basicCancel = orderbus_basic_cancel
    static let basicCancelOK = orderbus_basic_cancel_ok
    static let basicPublish = orderbus_basic_publish
    static let basicReturn = orderbus_basic_return
    static let basicDeliver = orderbus_basic_deliver
    static let basicAck = orderbus_basic_ack
    static let basicReject = orderbus_basic_reject
    static let basicNack = orderbus_basic_nack
}
