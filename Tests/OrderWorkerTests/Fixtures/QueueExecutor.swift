import Dispatch

/// A serial executor for lanes that share no thread with a socket.
final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "lane")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
