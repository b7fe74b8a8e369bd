import Glibc
internal import ThreadExecutor

/// Reads orders from files or standard input, one after the other, on a thread of its own because reading blocks.
actor OrderInput {
    private let executor = ThreadExecutor(name: "input")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    static let standardInput = "standard input"

    /// What is still to be opened, the next last; nil stands for standard input.
    private var pending: [String?]
    private var descriptor: Int32 = -1
    private var source = ""
    private var reader = OrderLineReader(source: "")
    private var hasEnded = true
    private var chunk = [UInt8](repeating: 0, count: 64 * 1024)

    /// - Parameter files: none for standard input; `-` among them is that too.
    init(files: [String]) {
        pending = files.isEmpty ? [nil] : files.reversed().map { $0 == "-" ? nil : $0 }
    }

    /// The next order; nil at the end, or when the user has asked to stop.
    ///
    /// - Throws: an explanation where a file cannot be read.
    func next() throws -> OrderLine? {
        while !Interruption.isRequested {
            if let line = reader.next() { return line }
            if hasEnded {
                guard try openNext() else { return nil }
            } else {
                try readMore()
            }
        }
        Interruption.cutInput()
        return nil
    }

    /// Counts the orders of files without sending them, for a progress bar.
    ///
    /// - Returns: nil where standard input or a pipe is among them.
    func count() throws -> Int? {
        let files = pending
        for case let path? in files {
            var status = stat()
            guard stat(path, &status) == 0 else { throw failure(path) }
            if status.st_mode & S_IFMT != S_IFREG { return nil }
        }
        guard !files.contains(nil) else { return nil }
        var count = 0
        while try next() != nil { count += 1 }
        pending = files
        return count
    }

    private func openNext() throws -> Bool {
        if descriptor > 0 { close(descriptor) }
        descriptor = -1
        guard let path = pending.popLast() else { return false }
        source = path ?? Self.standardInput
        descriptor = path.map { open($0, O_RDONLY | O_CLOEXEC) } ?? 0
        guard descriptor >= 0 else { throw failure(source) }
        if path == nil, isatty(0) == 1 { StandardStream.error.write("type orders as JSON, then press Ctrl-D\n") }
        reader = OrderLineReader(source: source)
        hasEnded = false
        return true
    }

    private func readMore() throws {
        // With a limit, so that a request to stop is seen while nothing comes.
        var target = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&target, 1, 200) != 0 else { return }
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0 {
            if errno == EINTR || errno == EAGAIN { return }
            throw failure(source)
        }
        if count == 0 {
            hasEnded = true
            reader.finish()
        } else {
            reader.append(chunk[..<count])
        }
    }

    private func failure(_ path: String) -> ExplainedError {
        ExplainedError(
            what: "cannot read the orders: \(String(cString: strerror(errno)))",
            place: path,
            status: .wrongUsage
        )
    }
}
