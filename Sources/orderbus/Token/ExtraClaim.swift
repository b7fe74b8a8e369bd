package import ArgumentParser
internal import JSON

/// A claim given on the command line as `NAME=JSON`.
package struct ExtraClaim: Sendable, Equatable {
    package let name: String
    /// One JSON value, as it was written.
    package let json: [UInt8]

    /// Takes the text apart at its first equals sign.
    ///
    /// - Throws: what is missing, with an example.
    package init(argument: String) throws(ValidationError) {
        guard let separator = argument.firstIndex(of: "="), separator != argument.startIndex else {
            throw ValidationError("it has to be a name, an equals sign and JSON, for example 'aud=\"x\"'")
        }
        let json = Array(argument[argument.index(after: separator)...].utf8)
        guard (try? JSONDocument(parsing: json)) != nil else {
            throw ValidationError("the value has to be JSON, a text in quotes, for example 'aud=\"x\"'")
        }
        name = String(argument[..<separator])
        self.json = json
    }
}
