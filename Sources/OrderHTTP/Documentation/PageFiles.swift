internal import HTTPTypes
internal import NIOCore

/// The answers that are the same for everyone, made once.
struct PageFiles: Sendable {
    let document: Answer
    private let files: [PageFile: Answer]

    init() {
        document = Self.answer(OpenAPIDocument.json, Answer.json)
        files = Dictionary(
            uniqueKeysWithValues: PageFile.allCases.map { ($0, Self.answer($0.content, $0.contentType)) }
        )
    }

    func answer(_ file: PageFile) -> Answer {
        var answer = files[file] ?? Answer(.notFound)
        if file == .page {
            answer.fields[.contentSecurityPolicy] = Self.policy
            answer.fields[.crossOriginOpenerPolicy] = "same-origin"
            answer.fields[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        }
        return answer
    }

    /// Nothing from elsewhere, nothing inline, and no text that becomes markup.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'"

    private static func answer(_ content: StaticString, _ type: String) -> Answer {
        var answer = Answer(.ok)
        answer.body = ByteBuffer(staticString: content)
        answer.fields[.contentType] = type
        answer.fields[.cacheControl] = "no-cache"
        return answer
    }
}
