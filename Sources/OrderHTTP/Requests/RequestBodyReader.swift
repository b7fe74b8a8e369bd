internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Orders

/// Reads a request's body within its limits.
enum RequestBodyReader {
    /// Checks what can be known of a body before it is read.
    static func check(_ exchange: Exchange) throws(Problem) {
        let fields = exchange.request.headers
        if let length = exchange.declaredLength, length > OrderRules.bodyBytes { throw .bodyTooLarge }
        let types = fields[values: .contentType]
        guard types.count == 1, ContentTypeField.isJSON(types[0]) else { throw .notJSON }
        if let encoding = fields[.contentEncoding], encoding.lowercased() != "identity" { throw .encoded }
    }

    /// Reads the whole body.
    ///
    /// A caller that waits for leave to send (`Expect: 100-continue`) gets it now, when all that needs no body has
    /// been checked.
    static func read(_ exchange: inout Exchange) async throws(Problem) -> [UInt8] {
        if exchange.request.headers[.expect]?.lowercased() == "100-continue" {
            exchange.source.channel.triggerUserOutboundEvent(ContinueEvent(), promise: nil)
        }
        let declared = exchange.declaredLength
        var bytes: [UInt8] = []
        bytes.reserveCapacity(declared ?? 0)
        do {
            for try await buffer in exchange.request.body {
                guard bytes.count + buffer.readableBytes <= OrderRules.bodyBytes else { throw Problem.bodyTooLarge }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch let problem as Problem {
            throw problem
        } catch is RequestTimeout {
            throw Problem.bodyLate
        } catch {
            throw .malformed("The body does not have the form that its fields announce")
        }
        guard declared == nil || declared == bytes.count else { throw .malformed("The body ended too early") }
        exchange.isBodyRead = true
        return bytes
    }
}
