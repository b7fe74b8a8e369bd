internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import OrderHTTP

/// A file of the operators' page.
struct PageFile {
    let contentType: String
    let content: [UInt8]
    private let isPage: Bool

    /// - Parameter path: the parts of a path; every view of the page is the same file.
    init?(path: [String]) {
        switch (path.first, path.count) {
        case (nil, _), ("replays", 1...2), ("groups", 1...2), ("letters", 1...2), ("audit", 1): self = Self.page
        case ("assets", 2):
            guard let asset = Self.assets[path[1]] else { return nil }
            self = asset
        default: return nil
        }
    }

    private init(_ contentType: String, _ content: [UInt8], isPage: Bool = false) {
        self.contentType = contentType
        self.content = content
        self.isPage = isPage
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
        if isPage {
            fields[.crossOriginOpenerPolicy] = "same-origin"
            fields[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        }
        return ConsoleAnswer(.ok, fields: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: content)))
    }

    private static let page = PageFile("text/html; charset=utf-8", PackageResources.index_html, isPage: true)

    private static let assets: [String: PageFile] = [
        "console.css": PageFile("text/css; charset=utf-8", PackageResources.console_css),
        "icon.svg": PageFile("image/svg+xml", PackageResources.icon_svg),
        "audit.js": script(PackageResources.audit_js),
        "body.js": script(PackageResources.body_js),
        "console.js": script(PackageResources.console_js),
        "dialogue.js": script(PackageResources.dialogue_js),
        "edit-dialogue.js": script(PackageResources.edit_dialogue_js),
        "elements.js": script(PackageResources.elements_js),
        "filters.js": script(PackageResources.filters_js),
        "group.js": script(PackageResources.group_js),
        "groups.js": script(PackageResources.groups_js),
        "letter.js": script(PackageResources.letter_js),
        "letters.js": script(PackageResources.letters_js),
        "live.js": script(PackageResources.live_js),
        "migrate-dialogue.js": script(PackageResources.migrate_dialogue_js),
        "page.js": script(PackageResources.page_js),
        "replay-dialogue.js": script(PackageResources.replay_dialogue_js),
        "replay.js": script(PackageResources.replay_js),
        "replays.js": script(PackageResources.replays_js),
        "requests.js": script(PackageResources.requests_js),
        "settle-dialogue.js": script(PackageResources.settle_dialogue_js),
        "sign-in.js": script(PackageResources.sign_in_js),
    ]

    private static func script(_ content: [UInt8]) -> PageFile {
        PageFile("text/javascript; charset=utf-8", content)
    }
}
