/// Why a store did not do a batch.
package struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// An outage of ours: wait and do the same again. The commit may have happened unseen.
        case unavailable
        /// Something was in the way: another transaction, a lock, a time limit, damage in one place.
        ///
        /// Do the same again, soon; if that goes on, find out by halving whether one command is the cause.
        case contended
        /// Something in the batch cannot be stored, and never will: find it by halving.
        case rejected
    }

    package let kind: Kind
    /// Code and place, never values.
    package let description: String

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
