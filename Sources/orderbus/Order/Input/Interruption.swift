import Glibc
internal import Synchronization

/// Ctrl-C or SIGTERM as a request to finish what is in hand; a second Ctrl-C ends the program at once.
enum Interruption {
    private static let flag = Atomic(false)
    private static let cut = Atomic(false)

    static var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// Whether input was left unread for it.
    static var hasCutInput: Bool { cut.load(ordering: .relaxed) }

    /// Notes that input is left unread.
    static func cutInput() { cut.store(true, ordering: .relaxed) }

    /// Begins to listen.
    static func listen() {
        // Only what a signal handler may do: a lock-free store, and signal(2).
        signal(SIGINT) { _ in
            Interruption.flag.store(true, ordering: .relaxed)
            signal(SIGINT, SIG_DFL)
        }
        // Who sends it may well send it twice, as timeout(1) does: to the program and to its process group.
        signal(SIGTERM) { _ in Interruption.flag.store(true, ordering: .relaxed) }
    }
}
