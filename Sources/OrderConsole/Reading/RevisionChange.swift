internal import JSON
internal import OrderHTTP
internal import Orders

/// What an operator wants to change about a letter.
struct RevisionChange {
    let basedOn: Int
    let reason: String
    let caller: Caller?
    private let body: [UInt8]?
    private let headers: [LetterHeader]?

    init(_ members: inout Members) throws(Problem) {
        guard let basedOn = try members.integer("basedOn", in: 0...1_000_000) else {
            throw .wrong("basedOn", "is missing")
        }
        self.basedOn = basedOn
        reason = try members.reason()
        let text = try members.text("body")
        let encoded = try members.text("bodyBase64")
        guard text == nil || encoded == nil else { throw .wrong("body", "and bodyBase64 cannot both be given") }
        if let encoded {
            guard let bytes = Base64.decode(encoded.utf8) else { throw .wrong("bodyBase64", "is not base64") }
            body = bytes
        } else {
            body = text.map { Array($0.utf8) }
        }
        headers = try members.node("headers").map { node throws(Problem) in try HeaderReader.headers(node) }
        caller = try members.node("caller").map { node throws(Problem) in try Caller(sent: node) }
        guard body != nil || headers != nil || caller != nil else {
            throw .wrong("body", "or headers or caller must be given")
        }
    }

    func applied(to message: LetterMessage) -> LetterMessage {
        LetterMessage(
            body: body ?? message.body,
            bodyByteCount: body == nil ? message.bodyByteCount : nil,
            properties: message.properties,
            headers: headers ?? message.headers
        )
    }
}

/// Reads headers in the form in which the console shows them.
enum HeaderReader {
    private static let depthLimit = 8

    static func headers(_ node: JSONNode, depth: Int = 0) throws(Problem) -> [LetterHeader] {
        guard node.kind == .array, depth < depthLimit else { throw wrong }
        var headers: [LetterHeader] = []
        for element in node.elements {
            guard let name = element.member("name")?.asString, (1...255).contains(name.utf8.count) else { throw wrong }
            guard name.lowercased() != "authorization" else { throw .wrong("headers", "must not hold a token") }
            headers.append(LetterHeader(name, try value(element, depth: depth)))
        }
        return headers
    }

    private static let wrong = Problem.wrong("headers", "must be objects of name, type and value that fit together")

    private static func value(_ node: JSONNode, depth: Int) throws(Problem) -> HeaderValue {
        guard let type = node.member("type")?.asString else { throw wrong }
        if type == "void" { return .void }
        guard let sent = node.member("value"), let value = try read(type, sent, node, depth) else { throw wrong }
        return value
    }

    private static func read(
        _ type: String,
        _ sent: JSONNode,
        _ node: JSONNode,
        _ depth: Int
    ) throws(Problem) -> HeaderValue? {
        switch type {
        case "bool": return sent.asBool.map(HeaderValue.bool)
        case "string":
            if let exact = node.member("base64")?.utf8 { return Base64.decode(exact).map(HeaderValue.string) }
            return sent.utf8.map { .string(Array($0)) }
        case "bytes": return sent.utf8.flatMap { Base64.decode($0) }.map(HeaderValue.bytes)
        case "float": return sent.asString.flatMap { Float($0) }.map { .float(bits: $0.bitPattern) }
        case "double": return sent.asString.flatMap { Double($0) }.map { .double(bits: $0.bitPattern) }
        case "decimal": return decimal(sent)
        case "table": return .table(try headers(sent, depth: depth + 1))
        case "array":
            guard sent.kind == .array, depth < depthLimit else { return nil }
            var values: [HeaderValue] = []
            for element in sent.elements { values.append(try value(element, depth: depth + 1)) }
            return .array(values)
        default: return integer(type, sent)
        }
    }

    private static func decimal(_ sent: JSONNode) -> HeaderValue? {
        guard let parts = sent.asString?.split(separator: "e-"), parts.count == 2, let value = UInt32(parts[0]),
            let scale = UInt8(parts[1])
        else { return nil }
        return .decimal(scale: scale, value: value)
    }

    private static func integer(_ type: String, _ sent: JSONNode) -> HeaderValue? {
        let text = sent.asString ?? sent.asInt64.map { "\($0)" } ?? ""
        return switch type {
        case "int8": Int8(text).map(HeaderValue.int8)
        case "uint8": UInt8(text).map(HeaderValue.uint8)
        case "int16": Int16(text).map(HeaderValue.int16)
        case "uint16": UInt16(text).map(HeaderValue.uint16)
        case "int32": Int32(text).map(HeaderValue.int32)
        case "uint32": UInt32(text).map(HeaderValue.uint32)
        case "int64": Int64(text).map(HeaderValue.int64)
        case "uint64": UInt64(text).map(HeaderValue.uint64)
        case "timestamp": UInt64(text).map(HeaderValue.timestamp)
        default: nil
        }
    }
}
