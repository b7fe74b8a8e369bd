import Glibc

/// The one token that standard input holds.
package enum TokenInput {
    /// More than any token may have, and enough to say so.
    private static let maximumBytes = 64 * 1024

    /// Finds the token: without white space around it and `Bearer` before it; nil where nothing is left.
    package static func token(in bytes: [UInt8]) -> [UInt8]? {
        var token = trimmed(bytes[...])
        if String(decoding: token.prefix(7), as: UTF8.self).lowercased() == "bearer " {
            token = trimmed(token.dropFirst(7))
        }
        return token.isEmpty ? nil : Array(token)
    }

    /// Reads standard input to its end.
    static func read() throws -> [UInt8] {
        if isatty(0) == 1 { StandardStream.error.write("paste the token, then press Ctrl-D\n") }
        guard let bytes = readAll() else {
            throw ExplainedError(
                what: "standard input cannot be read: \(String(cString: strerror(errno)))",
                status: .wrongUsage
            )
        }
        guard let token = token(in: bytes) else {
            throw ExplainedError(
                what: "there is no token in standard input",
                advice: "pipe one in: echo \"$ORDERBUS_TOKEN\" | orderbus token verify",
                status: .wrongUsage
            )
        }
        return token
    }

    private static func readAll() -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= maximumBytes {
            let count = Glibc.read(0, &buffer, buffer.count)
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            if count == 0 { break }
            bytes += buffer.prefix(count)
        }
        return bytes
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
        return bytes[start..<end]
    }
}
