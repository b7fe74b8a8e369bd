internal import CRabbitMQ

/// A pool of librabbitmq, for the C structures that one call needs.
///
/// What it makes dies with the closure it was made in.
struct PoolHandle: ~Copyable {
    private let pool: UnsafeMutablePointer<amqp_pool_t>

    private init() {
        pool = .allocate(capacity: 1)
        init_amqp_pool(pool, 4096)
    }

    deinit {
        empty_amqp_pool(pool)
        pool.deallocate()
    }

    static func with<Result: ~Copyable, Failure: Error>(
        _ body: (borrowing PoolHandle) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(PoolHandle())
    }

    func bytes(_ slice: ArraySlice<UInt8>) -> amqp_bytes_t {
        guard !slice.isEmpty, let copy = amqp_pool_alloc(pool, slice.count) else { return amqp_empty_bytes }
        slice.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress { copy.copyMemory(from: start, byteCount: bytes.count) }
        }
        return amqp_bytes_t(len: slice.count, bytes: copy)
    }

    func bytes(_ text: ShortString) -> amqp_bytes_t { bytes(text.bytes) }

    func table(_ table: FieldTable) throws(AMQPError) -> amqp_table_t {
        if table.isEmpty { return amqp_empty_table }
        var encoded: [UInt8] = []
        encoded.append(longBytes: table.encoded)
        var decoded = amqp_table_t()
        var offset = 0
        let status = amqp_decode_table(bytes(encoded[...]), pool, &decoded, &offset)
        guard status >= 0 else { throw AMQPError(status: status, "table") }
        return decoded
    }

    /// The property structure of an encoded property list; `nil` if it cannot be decoded.
    func properties(_ encoded: amqp_bytes_t) -> UnsafeMutableRawPointer? {
        var decoded: UnsafeMutableRawPointer?
        return amqp_decode_properties(MethodID.basicClass, pool, encoded, &decoded) >= 0 ? decoded : nil
    }

    /// The argument structure of an encoded method; `nil` if it cannot be decoded.
    func arguments(of method: UInt32, _ encoded: amqp_bytes_t) -> UnsafeMutableRawPointer? {
        var decoded: UnsafeMutableRawPointer?
        return amqp_decode_method(method, pool, encoded, &decoded) >= 0 ? decoded : nil
    }
}

extension [UInt8] {
    /// Copies what librabbitmq decoded.
    init(_ bytes: amqp_bytes_t) {
        self.init(UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.bytes == nil ? 0 : bytes.len))
    }
}

extension ShortString {
    /// Copies what librabbitmq decoded from a short string.
    init(_ bytes: amqp_bytes_t) {
        self.init(unchecked: [UInt8](bytes).prefix(255))
    }

    func equals(_ other: amqp_bytes_t) -> Bool {
        guard bytes.count == other.len else { return false }
        return bytes.elementsEqual(
            UnsafeRawBufferPointer(start: other.bytes, count: other.bytes == nil ? 0 : other.len)
        )
    }
}

extension String {
    /// Copies what librabbitmq decoded, with every invalid sequence replaced.
    init(_ bytes: amqp_bytes_t) {
        self.init(decoding: [UInt8](bytes), as: UTF8.self)
    }
}
