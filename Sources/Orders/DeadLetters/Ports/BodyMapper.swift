/// Applies a mapping to JSON.
package protocol BodyMapper: Sendable {
    /// The body with the mapping applied, everything else in it as it was.
    ///
    /// - Throws: a refusal if the body is no JSON object, or the mapping does not fit it.
    func apply(_ mapping: LetterMapping, to body: [UInt8]) throws(Refusal) -> [UInt8]
}
