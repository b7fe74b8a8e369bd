import Synchronization

/// What the program needs to do its work, and whether it is there.
///
/// Dependencies are named at the start and are down until said to be up, so that a program that has not yet connected
/// is not ready.
package final class Readiness: Sendable {
    package enum State: String, Sendable {
        case up
        case down
    }

    package struct Dependency: Sendable, Equatable {
        package let name: String
        package let state: State
        /// When the dependency came into this state.
        package let since: WallTime
        /// The last failure's own words; nil while up.
        package let reason: String?
    }

    /// Everything at one moment.
    package struct Snapshot: Sendable, Equatable {
        /// Whether the program is ending and takes no more work.
        package let isDraining: Bool
        /// In the order in which they were named.
        package let dependencies: [Dependency]

        /// Whether the program can do its work.
        package var isReady: Bool { !isDraining && dependencies.allSatisfy { $0.state == .up } }
    }

    private let clock: @Sendable () -> WallTime
    private let snapshotBox: Mutex<Snapshot>

    /// Names what the program depends on.
    package init(dependencies: [String], clock: @escaping @Sendable () -> WallTime = { .now }) {
        self.clock = clock
        let now = clock()
        let all = dependencies.map { Dependency(name: $0, state: .down, since: now, reason: "not yet tried") }
        snapshotBox = Mutex(Snapshot(isDraining: false, dependencies: all))
    }

    package var snapshot: Snapshot { snapshotBox.withLock { $0 } }

    package var isReady: Bool { snapshot.isReady }

    /// Notes a dependency's state; `since` changes only where the state does.
    ///
    /// A name that was not given at the start is added.
    package func set(_ name: String, _ state: State, reason: String? = nil) {
        let now = clock()
        snapshotBox.withLock { snapshot in
            var all = snapshot.dependencies
            let index = all.firstIndex { $0.name == name }
            let since = index.flatMap { all[$0].state == state ? all[$0].since : nil } ?? now
            let reason = state == .up ? nil : reason
            let dependency = Dependency(name: name, state: state, since: since, reason: reason)
            if let index {
                all[index] = dependency
            } else {
                all.append(dependency)
            }
            snapshot = Snapshot(isDraining: snapshot.isDraining, dependencies: all)
        }
    }

    /// Ends readiness for good: the first step of a shutdown.
    package func drain() {
        snapshotBox.withLock { snapshot in
            snapshot = Snapshot(isDraining: true, dependencies: snapshot.dependencies)
        }
    }
}
