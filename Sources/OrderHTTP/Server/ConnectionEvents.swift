/// The caller did not send its body in time.
package struct RequestTimeout: Error {
    package init() {}
}

/// What came behind a head is not HTTP.
struct MalformedRequest: Error {}

/// The caller has proven who it is: its body has the time of those.
struct CallerKnownEvent: Sendable {}

/// Gives a caller leave to send its body: writes `100 Continue`.
struct ContinueEvent: Sendable {}
