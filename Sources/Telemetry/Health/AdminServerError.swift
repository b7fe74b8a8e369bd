/// The operators' listener could not open its port.
package struct AdminServerError: Error, CustomStringConvertible {
    package let host: String
    package let port: Int
    /// The system's own words.
    package let reason: String

    package var description: String { "cannot listen on \(host):\(port): \(reason)" }
}
