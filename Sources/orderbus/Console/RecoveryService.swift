internal import OrderRecovery
internal import ServiceLifecycle

/// What the console does without being asked: keeps what dies, replays what was ordered, removes what is old.
struct RecoveryService: Service {
    let keeper: LetterKeeper
    let runner: ReplayRunner
    let sweeper: RetentionSweeper

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await keeper.run() }
                group.addTask { await runner.run() }
                group.addTask { await sweeper.run() }
            }
        }
    }
}
