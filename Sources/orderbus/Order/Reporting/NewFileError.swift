import Glibc

/// Why a file could not be made or written.
package struct NewFileError: Error, Equatable {
    package let reason: String
    /// There is one of that name already.
    package let isTaken: Bool

    /// The system's last error in its own words.
    static var system: NewFileError {
        NewFileError(reason: String(cString: strerror(errno)), isTaken: errno == EEXIST)
    }
}
