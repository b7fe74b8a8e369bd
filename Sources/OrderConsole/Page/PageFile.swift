internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import OrderHTTP

/// A file of the operators' page.
enum PageFile {
    case page, script, style, icon

    /// - Parameter path: the parts of a path; every view of the page is the same file.
    init?(path: [String]) {
        switch (path.first, path.count) {
        case (nil, _), ("replays", 1...2), ("groups", 1...2), ("letters", 1...2), ("audit", 1): self = .page
        case ("assets", 2):
            switch path[1] {
            case "console.js": self = .script
            case "console.css": self = .style
            case "icon.svg": self = .icon
            default: return nil
            }
        default: return nil
        }
    }

    /// Nothing from elsewhere, nothing inline, and no text that becomes markup.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'"

    var answer: ConsoleAnswer {
        var fields: HTTPFields = [
            .contentType: contentType,
            .cacheControl: "no-cache",
            .contentSecurityPolicy: Self.policy,
        ]
        if self == .page {
            fields[.crossOriginOpenerPolicy] = "same-origin"
            fields[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        }
        return ConsoleAnswer(.ok, fields: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: content)))
    }

    private var contentType: String {
        switch self {
        case .page: "text/html; charset=utf-8"
        case .script: "text/javascript; charset=utf-8"
        case .style: "text/css; charset=utf-8"
        case .icon: "image/svg+xml"
        }
    }

    private var content: [UInt8] {
        switch self {
        case .page: PackageResources.index_html
        case .script: PackageResources.console_js
        case .style: PackageResources.console_css
        case .icon: PackageResources.icon_svg
        }
    }
}
