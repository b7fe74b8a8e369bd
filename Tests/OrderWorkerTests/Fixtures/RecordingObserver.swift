import OrderTestKit
import OrderWorker
import Orders

/// Keeps what the worker told.
final class RecordingObserver: WorkerObserver {
    struct Record: Sendable {
        var changes: [WorkerChange] = []
        var batches: [BatchReport] = []
        var rounds: [RelayReport] = []

        /// The names of the changes, without what they carry.
        var story: [String] {
            changes.map { change in
                switch change {
                case .intakeOpened: "opened"
                case .intakeLost: "lost"
                case .storeAway: "store away"
                case .storeBack: "store back"
                case .outboxAway: "outbox away"
                case .outboxBack: "outbox back"
                case .eventsRefused: "events refused"
                case .eventsTaken: "events taken"
                case .laneStopped: "stopped"
                }
            }
        }
    }

    private let state = Watched(Record())

    var record: Record { state.current }
    var commands: [CommandReport] { record.batches.flatMap(\.commands) }

    func finished(_ batch: BatchReport) {
        state.change { $0.batches.append(batch) }
    }

    func changed(_ change: WorkerChange) {
        state.change { $0.changes.append(change) }
    }

    func relayed(_ report: RelayReport) {
        state.change { $0.rounds.append(report) }
    }

    func waitForRecord(_ condition: @escaping @Sendable (Record) -> Bool) async {
        await state.wait { condition($0) ? () : nil }
    }
}
