/// The output refused bytes.
package struct LogOutputError: Error {
    /// The system's error number, for example `EPIPE`.
    package let number: Int32

    package init(number: Int32) {
        self.number = number
    }
}
