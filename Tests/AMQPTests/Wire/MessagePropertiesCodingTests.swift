import CRabbitMQ
import OrderTestKit
import Testing

@testable import AMQP

@Suite struct MessagePropertiesCodingTests {
    private func encoded(_ properties: MessageProperties) -> [UInt8] {
        var bytes: [UInt8] = []
        properties.encode(into: &bytes)
        return bytes
    }

    @Test(arguments: 0..<100) func whatIsEncodedDecodesToTheSame(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let properties = MessageProperties.random(using: &generator)
        #expect(MessageProperties(encoded: encoded(properties)[...]) == properties)
    }

    /// The library is the other end of both directions: what it reads of ours and writes again must be the same bytes.
    @Test(arguments: 0..<100) func librabbitmqReadsAndWritesTheSame(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let bytes = encoded(MessageProperties.random(using: &generator))
        var pool = amqp_pool_t()
        init_amqp_pool(&pool, 4096)
        defer { empty_amqp_pool(&pool) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count + 100)
        let count = input.withUnsafeMutableBytes { input in
            output.withUnsafeMutableBytes { output -> Int32 in
                var decoded: UnsafeMutableRawPointer?
                let status = amqp_decode_properties(
                    60,
                    &pool,
                    amqp_bytes_t(len: input.count, bytes: input.baseAddress),
                    &decoded
                )
                guard status >= 0, let decoded else { return status }
                return amqp_encode_properties(
                    60,
                    decoded,
                    amqp_bytes_t(len: output.count, bytes: output.baseAddress)
                )
            }
        }
        #expect(Array(output.prefix(Int(max(0, count)))) == bytes)
    }

    @Test func whatIsCutOffAnywhereIsRefused() {
        var generator = SeededGenerator(seed: 42)
        let properties = MessageProperties.random(using: &generator)
        let bytes = encoded(properties)
        for length in 0..<bytes.count {
            #expect(MessageProperties(encoded: bytes.prefix(length)) == nil)
        }
    }

    @Test func noBytesAtAllCanHurt() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...60, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            guard let properties = MessageProperties(encoded: bytes[...]) else { continue }
            for entry in properties.headers { _ = entry.value.text }
        }
    }
}
