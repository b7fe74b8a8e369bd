/// What became of a key that was not known.
package enum KeyResolution: Sendable, Hashable {
    /// The set has it now: verify again.
    case nowKnown
    /// The issuer does not have it: the token is bad (401).
    case absent
    /// It could not be found out: our fault, for now (503, or wait and ask again).
    case unavailable
}
