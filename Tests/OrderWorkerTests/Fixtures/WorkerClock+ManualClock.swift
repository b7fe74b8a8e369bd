import OrderTestKit
import OrderWorker

extension WorkerClock {
    init(_ clock: ManualClock) {
        self.init(now: { clock.now }, uptime: { clock.uptime }, sleep: { await clock.sleep($0) })
    }
}
