import Glibc

/// A file that is read from its beginning to its end.
struct InputFile: ~Copyable {
    private let descriptor: Int32
    private let path: String

    /// Opens the file; `-` is standard input.
    ///
    /// - Throws: an explanation where it cannot be read.
    init(_ path: String) throws(ExplainedError) {
        self.path = path == "-" ? "standard input" : path
        descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(self.path) }
    }

    deinit { close(descriptor) }

    /// The next piece; empty at the end.
    func next() throws(ExplainedError) -> [UInt8] {
        var piece = [UInt8](repeating: 0, count: 256 * 1024)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count >= 0 { return Array(piece.prefix(count)) }
            if errno != EINTR { throw Self.failure(path) }
        }
    }

    /// The whole file.
    static func read(_ path: String) throws(ExplainedError) -> [UInt8] {
        let file = try InputFile(path)
        var bytes: [UInt8] = []
        while true {
            let piece = try file.next()
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }

    private static func failure(_ path: String) -> ExplainedError {
        ExplainedError(
            what: "cannot be read: \(String(cString: strerror(errno)))",
            place: path,
            status: .wrongUsage
        )
    }
}
