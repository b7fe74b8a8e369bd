internal import Glibc

/// A thread for one call that may block for long: neither the connection's thread nor the cooperative pool may.
enum HelperThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    /// Runs the body on a new thread and suspends until it has ended.
    ///
    /// If the process is out of threads the body runs here: late is better than never.
    static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let work = Work { continuation.resume(returning: body()) }
            var thread = pthread_t()
            let argument = Unmanaged.passRetained(work)
            if pthread_create(&thread, nil, helperMain, argument.toOpaque()) == 0 {
                pthread_detach(thread)
            } else {
                argument.release()
                work.body()
            }
        }
    }

    fileprivate static func main(_ argument: UnsafeMutableRawPointer) {
        // Released here: passRetained above handed this thread its own reference.
        Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
    }
}

private func helperMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument { HelperThread.main(argument) }
    return nil
}
