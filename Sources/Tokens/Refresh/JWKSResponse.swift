/// A key set as it was fetched.
package struct JWKSResponse: Sendable {
    package let bytes: [UInt8]
    /// `Cache-Control: max-age`, where it was sent.
    package let maxAge: Duration?

    package init(bytes: [UInt8], maxAge: Duration? = nil) {
        self.bytes = bytes
        self.maxAge = maxAge
    }
}
