package import Orders

/// The lines of ``LetterLine``, for rooms that know only the port.
package struct NDJSONLetterCodec: LetterCodec {
    package init() {}

    package func encode(_ letter: KeptLetter) -> [UInt8] { LetterLine.encode(letter) }

    package func decode(_ line: [UInt8]) throws(Refusal) -> ArrivedLetter { try LetterLine.decode(line) }
}
