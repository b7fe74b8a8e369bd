internal import AMQP

/// The headers that the contract knows, picked out in one pass.
struct CommandHeaders {
    /// A header as found: text where text belongs.
    enum Text {
        case missing
        case wrongType
        /// The same name twice: whose word would count?
        case repeated
        case bytes(ArraySlice<UInt8>)

        mutating func take(_ value: FieldValue) {
            guard case .missing = self else {
                self = .repeated
                return
            }
            self = value.stringBytes.map(Text.bytes) ?? .wrongType
        }

        var bytes: ArraySlice<UInt8>? {
            if case .bytes(let bytes) = self { bytes } else { nil }
        }

        var string: String? {
            bytes.flatMap { String(validating: $0, as: UTF8.self) }
        }
    }

    private(set) var authorization = Text.missing
    private(set) var idempotencyKey = Text.missing
    private(set) var requestID = Text.missing
    private(set) var traceparent = Text.missing
    private(set) var tracestate = Text.missing
    /// There are headers that begin with `on-behalf-of-`; `Delegation` reads them.
    private(set) var namesAnother = false

    init(_ table: FieldTable) {
        for entry in table {
            // Cheapest first: most messages carry other headers too.
            switch entry.name.bytes.count {
            case 13 where entry.name == "authorization": authorization.take(entry.value)
            case 15 where entry.name == "idempotency-key": idempotencyKey.take(entry.value)
            case 10 where entry.name == "request-id": requestID.take(entry.value)
            case 11 where entry.name == "traceparent": traceparent.take(entry.value)
            case 10 where entry.name == "tracestate": tracestate.take(entry.value)
            case 13... where entry.name.bytes.starts(with: HeaderName.onBehalfOf.utf8): namesAnother = true
            default: break
            }
        }
    }
}
