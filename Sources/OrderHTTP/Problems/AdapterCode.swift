internal import HTTPTypes

/// Error codes for what happens in HTTP alone, beside those of the contract.
enum AdapterCode: String, CaseIterable {
    case addressNotAllowed = "ADDRESS_NOT_ALLOWED"
    case certificateNotAllowed = "CERTIFICATE_NOT_ALLOWED"
    case notFound = "NOT_FOUND"
    case methodNotAllowed = "METHOD_NOT_ALLOWED"
    case notAcceptable = "NOT_ACCEPTABLE"
    case requestTimeout = "REQUEST_TIMEOUT"
    case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
    case headersTooLarge = "HEADERS_TOO_LARGE"
    case notImplemented = "NOT_IMPLEMENTED"

    var status: HTTPResponse.Status {
        switch self {
        case .addressNotAllowed, .certificateNotAllowed: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .requestTimeout: .requestTimeout
        case .unsupportedMediaType: .unsupportedMediaType
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .notImplemented: .notImplemented
        }
    }
}
