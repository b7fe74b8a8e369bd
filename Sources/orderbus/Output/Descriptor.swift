import Glibc

/// Writing to what is open.
package enum Descriptor {
    /// Writes all of it, waiting for a slow reader.
    ///
    /// - Returns: the system's error where that was not possible; nil else.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                let error = errno
                guard error == EINTR || error == EAGAIN else { return error }
                if error == EAGAIN { waitForRoom(descriptor) }
            }
            rest = rest.dropFirst(max(count, 0))
        }
        return nil
    }

    /// A pipe that another program has made non-blocking is full.
    private static func waitForRoom(_ descriptor: Int32) {
        var target = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&target, 1, -1)
    }
}
