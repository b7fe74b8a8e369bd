/// A small change to be made to many bodies, so that what an old release wrote can be read by a new one.
///
/// Forward only: it is applied to a copy, as a revision, and never taken back by another mapping.
package struct LetterMapping: Sendable, Hashable {
    package enum Step: Sendable, Hashable {
        /// Gives a member another name in its object; a body without it stays as it is.
        case rename(BodyPath, to: String)
        /// Sets a member, to JSON, where it is missing.
        case setDefault(BodyPath, json: [UInt8])
        /// Takes a member out.
        case remove(BodyPath)
    }

    package let steps: [Step]

    package init(steps: [Step]) {
        self.steps = steps
    }
}
