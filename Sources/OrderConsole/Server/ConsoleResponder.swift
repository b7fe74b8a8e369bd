internal import HTTPTypes
package import Hummingbird
package import Logging
package import OrderHTTP
package import Orders

/// Answers operators: their page, their programs.
package struct ConsoleResponder: HTTPResponder {
    package typealias Context = RequestSource

    let letters: any DeadLetterStore
    let jobs: any ReplayJobStore
    let audit: any AuditLog
    let checker: any CommandChecker
    let mapper: any BodyMapper
    let codec: any LetterCodec
    let authority: LentAuthority
    let sessions = SessionStore()
    let now: @Sendable () -> Timestamp
    private let authenticator: any RequestAuthenticator
    private let operatingTenant: String?
    private let logger: Logger
    private let commonFields: HTTPFields
    let streams = StreamCount()

    /// - Parameters:
    ///   - codec: writes and reads the lines of exports, as draining the queue does.
    ///   - authority: gets the token of whoever orders or resumes a replay.
    ///   - operatingTenant: whose operators look after all tenants; `nil` for none.
    ///   - logger: gets one line for each request that fails.
    package init(
        letters: any DeadLetterStore,
        jobs: any ReplayJobStore,
        audit: any AuditLog,
        checker: any CommandChecker,
        mapper: any BodyMapper,
        codec: any LetterCodec,
        authority: LentAuthority,
        authenticator: any RequestAuthenticator,
        operatingTenant: String?,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.letters = letters
        self.jobs = jobs
        self.audit = audit
        self.checker = checker
        self.mapper = mapper
        self.codec = codec
        self.authority = authority
        self.authenticator = authenticator
        self.operatingTenant = operatingTenant
        self.now = now
        self.logger = logger
        commonFields = SecurityFields.make(isSecure: false)
    }

    package func respond(to request: Request, context: RequestSource) async throws -> Response {
        let sent = ConsoleRequest(request, from: context)
        var answer: ConsoleAnswer
        do throws(Problem) {
            answer = try await route(sent)
        } catch {
            answer = ConsoleAnswer(error.status, json: error.contractBody(requestID: sent.requestID))
            for field in error.fields { answer.fields[field.name] = field.value }
            if error.status.code >= 500 {
                logger.warning(
                    "request failed",
                    metadata: ["code": "\(error.code)", "request": "\(sent.requestID)"]
                )
            }
        }
        var fields = commonFields
        for field in answer.fields { fields[field.name] = field.value }
        fields[.requestID] = sent.requestID
        return Response(status: answer.status, headers: fields, body: answer.body)
    }

    /// Who asks, by a token or a session.
    func identify(_ request: ConsoleRequest) async throws(Problem) -> Identity {
        let lines = request.fields[values: .authorization]
        guard lines.count < 2 else { throw .tokenRepeated }
        if let line = lines.first { return try await identify(authorization: line) }
        guard let name = request.cookie(Self.cookieName),
            let identity = sessions.identity(name, at: now())
        else {
            throw .tokenMissing
        }
        guard !request.isFromElsewhere else { throw .otherSite }
        return identity
    }

    func identify(authorization: String) async throws(Problem) -> Identity {
        switch await authenticator.authenticate(authorization: authorization) {
        case .refused(let refusal):
            throw .tokenRefused(refusal)
        case .keysUnavailable:
            throw .keysAway
        case .caller(let caller, let binding):
            guard binding == .none else {
                throw .tokenRefused(
                    Refusal(.invalidToken, "A token that is bound to a certificate cannot be lent")
                )
            }
            return Identity(
                who: Operator(caller, operatingTenant: operatingTenant),
                authorization: authorization,
                expiresAt: TokenTimes.expiry(of: authorization) ?? now()
            )
        }
    }

    /// Asks a store, some times over if something was in the way.
    func ask<Value: Sendable>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(Problem) -> Value {
        var attempts = 0
        while true {
            do throws(StoreError) {
                return try await body()
            } catch {
                attempts += 1
                guard error.kind == .contended, attempts < 5 else {
                    logger.warning("the store did not do a step", metadata: ["reason": "\(error)"])
                    throw Problem(error)
                }
            }
        }
    }
}
