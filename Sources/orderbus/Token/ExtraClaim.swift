import ArgumentParser
internal import JSON

/// A claim given on the command line as `NAME=JSON`.
package struct ExtraClaim: Sendable, Equatable, ExpressibleByArgument {
    package let name: String
    /// One JSON value, as it was written.
    package let json: [UInt8]

    /// Takes the text apart at its first equals sign; nil where there is none, no name or no JSON.
    package init?(argument: String) {
        guard let separator = argument.firstIndex(of: "="), separator != argument.startIndex else { return nil }
        let json = Array(argument[argument.index(after: separator)...].utf8)
        guard (try? JSONDocument(parsing: json)) != nil else { return nil }
        name = String(argument[..<separator])
        self.json = json
    }
}
