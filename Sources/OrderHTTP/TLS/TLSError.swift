/// Certificates or keys that cannot be used.
package struct TLSError: Error, CustomStringConvertible {
    package let files: [String]
    /// The library's own words.
    package let reason: String

    package var description: String { "\(files.joined(separator: ", ")): \(reason)" }
}
