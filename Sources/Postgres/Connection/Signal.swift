internal import Synchronization

/// A name to wait for and to wake, where there is no descriptor: a negative number, which `poll(2)` passes over.
struct Signal: Hashable, Sendable {
    private static let last = Atomic<UInt32>(0)

    let descriptor: Int32

    /// A name that no other waiter of the process bears within two thousand million.
    init() {
        let number = Self.last.add(1, ordering: .relaxed).newValue
        descriptor = Int32(bitPattern: number | 0x8000_0000)
    }
}
