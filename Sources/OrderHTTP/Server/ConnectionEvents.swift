/// The caller did not send its body in time.
struct RequestTimeout: Error {}

/// What came behind a head is not HTTP.
struct MalformedRequest: Error {}

/// Gives a caller leave to send its body: writes `100 Continue`.
struct ContinueEvent: Sendable {}
