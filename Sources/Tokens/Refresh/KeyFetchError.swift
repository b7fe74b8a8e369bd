/// Why keys could not be fetched, beside what the source itself throws.
package enum KeyFetchError: Error, Sendable, Hashable, CustomStringConvertible {
    case timedOut
    /// A system call failed on the file; the text is the system's own.
    case file(path: String, reason: String)

    package var description: String {
        switch self {
        case .timedOut: "fetching the key set took too long"
        case .file(let path, let reason): "cannot read the key set in \(path): \(reason)"
        }
    }
}
