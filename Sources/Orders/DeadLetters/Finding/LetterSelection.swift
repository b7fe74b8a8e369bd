/// What an operator points at; evaluated by the store, in the moment in which it is used.
package enum LetterSelection: Sendable, Hashable {
    /// At most ``letterLimit``.
    case letters([LetterID])
    case matching(LetterFilter)
    /// The letters of an earlier job that failed again or were not answered.
    case failed(in: ReplayJobID)

    package static let letterLimit = 10_000
}
