import CRabbitMQ
import Testing

@testable import AMQP

/// Lets librabbitmq decode what the encoder wrote.
@Suite struct FrameEncoderTests {
    private struct Decoder: ~Copyable {
        let state = amqp_new_connection()

        init() {
            // The first eight bytes that a connection reads may be a protocol header.
            _ = decode(Array("AMQP".utf8) + [0, 0, 9, 1]) { _ in }
        }

        deinit { amqp_destroy_connection(state) }

        func decode(_ bytes: [UInt8], _ use: (amqp_frame_t) -> Void) -> Bool {
            var bytes = bytes
            return bytes.withUnsafeMutableBytes { bytes in
                var offset = 0
                while offset < bytes.count {
                    var frame = amqp_frame_t()
                    let rest = amqp_bytes_t(len: bytes.count - offset, bytes: bytes.baseAddress.map { $0 + offset })
                    let used = amqp_handle_input(state, rest, &frame)
                    guard used > 0 else { return false }
                    offset += Int(used)
                    if frame.frame_type != 0 { use(frame) }
                }
                return true
            }
        }
    }

    private func frames(_ encode: (inout [UInt8]) -> Void, _ use: (amqp_frame_t) -> Void) {
        var bytes: [UInt8] = []
        encode(&bytes)
        let isDecoded = Decoder().decode(bytes, use)
        #expect(isDecoded)
    }

    @Test(arguments: [0, 1, 4087, 4088, 4089, 9000]) func aPublishIsSplitIntoFramesThatFit(bodySize: Int) {
        let body = (0..<bodySize).map { UInt8(truncatingIfNeeded: $0) }
        let message = OutgoingMessage(
            exchange: "exchange",
            routingKey: "key",
            properties: MessageProperties(headers: ["h": .int32(5)], messageID: "m1"),
            body: body
        )
        var received: [UInt8] = []
        var types: [UInt8] = []
        frames {
            #expect(FrameEncoder.publish(message, frameMax: 4096, into: &$0))
        } _: { frame in
            types.append(frame.frame_type)
            #expect(frame.channel == 1)
            switch frame.frame_type {
            case 1:
                let publish = frame.payload.method.decoded.load(as: amqp_basic_publish_t.self)
                #expect(ShortString(publish.exchange) == "exchange" as StaticString)
                #expect(ShortString(publish.routing_key) == "key" as StaticString)
                #expect(publish.mandatory == 1 && publish.immediate == 0)
            case 2:
                #expect(frame.payload.properties.body_size == UInt64(bodySize))
                let properties = MessageProperties(encoded: [UInt8](frame.payload.properties.raw)[...])
                #expect(properties == message.properties)
            default:
                let chunk = [UInt8](frame.payload.body_fragment)
                #expect(chunk.count <= 4088)
                received += chunk
            }
        }
        #expect(received == body)
        #expect(types == [1, 2] + Array(repeating: 3, count: (bodySize + 4087) / 4088))
    }

    @Test func aHeaderThatFitsIntoNoFrameWritesNothing() {
        let headers: FieldTable = ["big": .string(ArraySlice(repeating: 0x61, count: 4100))]
        let message = OutgoingMessage(routingKey: "k", properties: MessageProperties(headers: headers), body: [1])
        var bytes: [UInt8] = [9]
        #expect(!FrameEncoder.publish(message, frameMax: 4096, into: &bytes))
        #expect(bytes == [9])
    }

    @Test func settlementsCarryTagAndFlags() {
        frames {
            FrameEncoder.acknowledge(7, multiple: true, into: &$0)
            FrameEncoder.reject(8, requeue: false, into: &$0)
            FrameEncoder.negativelyAcknowledge(9, requeue: true, into: &$0)
        } _: { frame in
            let decoded = frame.payload.method.decoded
            switch frame.payload.method.id {
            case MethodID.basicAck:
                let ack = decoded?.load(as: amqp_basic_ack_t.self)
                #expect(ack?.delivery_tag == 7 && ack?.multiple == 1)
            case MethodID.basicReject:
                let reject = decoded?.load(as: amqp_basic_reject_t.self)
                #expect(reject?.delivery_tag == 8 && reject?.requeue == 0)
            default:
                let nack = decoded?.load(as: amqp_basic_nack_t.self)
                #expect(nack?.delivery_tag == 9 && nack?.requeue == 1 && nack?.multiple == 0)
            }
        }
    }

    @Test func connectionMethodsGoToChannelZero() {
        var ids: [UInt32] = []
        frames {
            FrameEncoder.connectionClose(into: &$0)
            FrameEncoder.connectionCloseOK(into: &$0)
            FrameEncoder.heartbeat(into: &$0)
        } _: { frame in
            #expect(frame.channel == 0)
            if frame.frame_type == 1 { ids.append(frame.payload.method.id) }
        }
        #expect(ids == [MethodID.connectionClose, MethodID.connectionCloseOK])
    }

    @Test func theBufferGivesFramesOneByOneAndForgetsWhatIsSent() {
        var buffer = OutboundBuffer()
        FrameEncoder.heartbeat(into: &buffer.bytes)
        FrameEncoder.acknowledge(1, multiple: false, into: &buffer.bytes)
        #expect(buffer.frontFrameSize == 8)
        buffer.consume(8)
        #expect(buffer.frontFrameSize == buffer.count)
        #expect(buffer.withFront(1) { $0[0] } == 1)
        buffer.consume(buffer.count)
        #expect(buffer.isEmpty && buffer.frontFrameSize == 0)
    }
}
