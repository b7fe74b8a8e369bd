/// Writes dead letters for a file and reads them back, exact to the byte.
///
/// The console's export and the draining of the queue write the same, so that either can be imported.
package protocol LetterCodec: Sendable {
    /// One letter, without a line's end.
    func encode(_ letter: KeptLetter) -> [UInt8]

    /// Reads a letter; on whose behalf it claims to be, is only a claim.
    ///
    /// - Throws: a refusal that names the member which is missing or not as it must be.
    func decode(_ line: [UInt8]) throws(Refusal) -> ArrivedLetter
}
