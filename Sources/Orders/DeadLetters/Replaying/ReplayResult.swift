/// What became of one replayed message.
package enum ReplayResult: Sendable, Hashable {
    /// A worker has done it, or had done it before.
    case succeeded(status: Int, isReplay: Bool)
    /// A worker refused it again.
    case refused(status: Int, code: String, message: String)
    /// It came back among the dead letters.
    case died(code: String, message: String)
    /// Sent as often as is sensible, and nobody answered: it may or may not have been done.
    case unanswered
    /// It could not be sent, and never can be as it is.
    case notSent(reason: String)
    /// Confirmed by the broker in the queue that it was redirected to.
    case redirected

    package var isSuccess: Bool {
        switch self {
        case .succeeded, .redirected: true
        case .refused, .died, .unanswered, .notSent: false
        }
    }

    /// A word for it, as the store and the command line write it.
    package var name: String {
        switch self {
        case .succeeded: "succeeded"
        case .refused: "refused"
        case .died: "died"
        case .unanswered: "unanswered"
        case .notSent: "not-sent"
        case .redirected: "redirected"
        }
    }
}
