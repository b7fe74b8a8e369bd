import Glibc

/// An open file descriptor as log output, never made to wait for its reader.
///
/// The descriptor's own flags stay as they are, since other processes may share it. What may be written without
/// waiting is asked with poll(2) instead: a pipe that is writable takes `PIPE_BUF` bytes at once (pipe(7)).
/// Assumes that SIGPIPE is ignored.
package struct DescriptorOutput: LogOutput {
    private enum Kind { case file, socket, other }

    private let descriptor: Int32
    private let kind: Kind

    /// Takes a descriptor that stays open for as long as the process runs, for example 2.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
        var status = stat()
        let type = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
        kind =
            switch type {
            case S_IFREG: .file
            case S_IFSOCK: .socket
            default: .other
            }
    }

    /// Whether the descriptor is a terminal.
    package var isTerminal: Bool { isatty(descriptor) == 1 }

    package func write(_ bytes: ArraySlice<UInt8>) throws(LogOutputError) -> Int {
        var rest = bytes
        while !rest.isEmpty {
            let chunk = kind == .other ? rest.prefix(4096) : rest
            if kind == .other, !isWritable(within: 0) {
                break
            }
            let count = writeOnce(chunk)
            if count < 0 {
                let number = errno
                switch number {
                case EINTR: continue
                case EAGAIN, ENOBUFS: return bytes.count - rest.count
                default: throw LogOutputError(number: number)
                }
            }
            rest = rest.dropFirst(count)
        }
        return bytes.count - rest.count
    }

    package func waitUntilWritable(for duration: Duration) {
        let milliseconds = min(max(duration / .milliseconds(1), 0), 60_000)
        _ = isWritable(within: Int32(milliseconds))
    }

    private func writeOnce(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBytes { buffer in
            switch kind {
            case .socket: send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
            case .file, .other: Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            }
        }
    }

    private func isWritable(within milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // An error or a hang-up also counts: the write then says which.
        return poll(&entry, 1, milliseconds) > 0
    }
}
