/// An error that can tell its reader what to do.
package protocol Explained: Error {
    /// What to show instead of the error itself.
    var explanation: Explanation { get }
}
