internal import Glibc

/// A descriptor and what is awaited on it.
struct PollTarget {
    let descriptor: Int32
    let interest: ThreadExecutor.Interest

    /// The request as `poll(2)` takes it.
    var request: pollfd {
        let events =
            switch interest {
            case .readable: POLLIN
            case .writable: POLLOUT
            case .readableOrWritable: POLLIN | POLLOUT
            }
        return pollfd(fd: descriptor, events: Int16(events), revents: 0)
    }
}
