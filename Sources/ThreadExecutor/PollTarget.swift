internal import Glibc

/// A descriptor and what is awaited on it.
struct PollTarget {
    let descriptor: Int32
    let interest: ThreadExecutor.Interest

    /// The direction as `poll(2)` takes it.
    var events: Int16 {
        switch interest {
        case .readable: Int16(POLLIN)
        case .writable: Int16(POLLOUT)
        case .readableOrWritable: Int16(POLLIN | POLLOUT)
        }
    }

    /// The request as `poll(2)` takes it.
    var request: pollfd { pollfd(fd: descriptor, events: events, revents: 0) }
}
