internal import NIOPosix
internal import Synchronization

/// Event loops for listeners, which live as long as the process.
///
/// When a Hummingbird server's `run()` returns, its last task may still have something to schedule: on loops that were
/// shut down by then, which NIO means to punish by a crash one day.
enum ListenerLoops {
    private static let groups = Mutex<[Int: MultiThreadedEventLoopGroup]>([:])

    /// The group with so many threads.
    static func group(ofThreads count: Int) -> MultiThreadedEventLoopGroup {
        groups.withLock { groups in
            if let group = groups[count] { return group }
            let group = MultiThreadedEventLoopGroup(numberOfThreads: count)
            groups[count] = group
            return group
        }
    }
}
