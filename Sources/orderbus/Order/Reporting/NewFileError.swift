import Glibc

/// Why a file could not be made or written.
package struct NewFileError: Error, Equatable {
    package let reason: String
    /// There is one of that name already.
    package let isTaken: Bool

    /// - Parameter error: the system's, to be told in its own words.
    package init(_ error: Int32) {
        reason = String(cString: strerror(error))
        isTaken = error == EEXIST
    }

    /// The system's last error.
    static var system: NewFileError { NewFileError(errno) }
}
