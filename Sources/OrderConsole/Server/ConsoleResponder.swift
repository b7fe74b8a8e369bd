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
    let configuration: ConsoleConfiguration
    let door: Door
    private let gate: Gate
    private let signIns = SignInGate()
    private let metrics: RequestMetrics
    private let authenticator: any RequestAuthenticator
    private let logger: Logger
    private let commonFields: HTTPFields
    let streams = StreamCount()

    /// - Parameters:
    ///   - codec: writes and reads the lines of exports, as draining the queue does.
    ///   - authority: gets the token of whoever orders or resumes a replay.
    ///   - logger: gets one line for each request that fails.
    package init(
        configuration: ConsoleConfiguration = ConsoleConfiguration(),
        letters: any DeadLetterStore,
        jobs: any ReplayJobStore,
        audit: any AuditLog,
        checker: any CommandChecker,
        mapper: any BodyMapper,
        codec: any LetterCodec,
        authority: LentAuthority,
        authenticator: any RequestAuthenticator,
        metrics: RequestMetrics,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.configuration = configuration
        door = Door(
            allowed: configuration.allowedAddresses,
            clientRate: configuration.operatorRate,
            failureRate: configuration.failureRate
        )
        gate = Gate(limit: configuration.inFlightLimit)
        self.letters = letters
        self.jobs = jobs
        self.audit = audit
        self.checker = checker
        self.mapper = mapper
        self.codec = codec
        self.authority = authority
        self.authenticator = authenticator
        self.metrics = metrics
        self.now = now
        self.logger = logger
        commonFields = SecurityFields.make(isSecure: configuration.isSecure)
    }

    package func respond(to request: Request, context: RequestSource) async throws -> Response {
        let start = ContinuousClock.now
        let sent = ConsoleRequest(request, from: context, rule: configuration.addressRule)
        let answer = await answer(sent)
        metrics.answered(sent.method, route: RouteName.of(sent.path), answer.status, since: start)
        var fields = commonFields
        for field in answer.fields { fields[field.name] = field.value }
        fields[.requestID] = sent.requestID
        let response = Response(status: answer.status, headers: fields, body: answer.body)
        return sent.isHead ? response.createHeadResponse() : response
    }

    private func answer(_ request: ConsoleRequest) async -> ConsoleAnswer {
        guard enter(request) else { return ConsoleAnswer(.overloaded, requestID: request.requestID) }
        defer { leave(request) }
        do throws(Problem) {
            try door.check(request.source, isKnown: isKnown(request))
            return try await route(request)
        } catch {
            if error.status == .unauthorized { door.failed(request.source) }
            if error.status.code >= 500 {
                logger.warning(
                    "request failed",
                    metadata: ["code": "\(error.code)", "request_id": "\(request.requestID)"]
                )
            }
            return ConsoleAnswer(error, requestID: request.requestID)
        }
    }

    /// Finds a place for a request; sign-ins have places of their own, because anybody can hold one with half a body.
    private func enter(_ request: ConsoleRequest) -> Bool {
        request.isSignIn ? signIns.enter(request.source) : gate.enter()
    }

    private func leave(_ request: ConsoleRequest) {
        if request.isSignIn { signIns.leave(request.source) } else { gate.leave() }
    }

    /// Whether a request shows a session, or a token that was found good before.
    private func isKnown(_ request: ConsoleRequest) -> Bool {
        session(of: request, isUse: false) != nil || authenticator.remembers(request.fields[values: .authorization])
    }

    /// Whom the request's cookie stands for, if anybody.
    private func session(of request: ConsoleRequest, isUse: Bool = true) -> Identity? {
        request.cookie(Self.cookieName).flatMap { sessions.identity($0, at: now(), isUse: isUse) }
    }

    /// Who asks, by a token or a session.
    func identify(_ request: ConsoleRequest) async throws(Problem) -> Identity {
        let lines = request.fields[values: .authorization]
        guard lines.count < 2 else { throw .tokenRepeated }
        if let line = lines.first {
            guard let authorization = BearerField.read(line) else { throw .tokenMissing }
            return try counted(await identify(authorization: authorization))
        }
        guard let identity = session(of: request) else { throw .tokenMissing }
        guard !request.isFromElsewhere else { throw .otherSite }
        return try counted(identity)
    }

    /// Holds an operator to the rate that one may ask at.
    private func counted(_ identity: Identity) throws(Problem) -> Identity {
        let who = identity.who
        try door.count(tenant: who.tenant, clientID: who.clientID, subject: who.subject)
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
                who: Operator(caller, operatingTenant: configuration.operatingTenant),
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

extension ConsoleResponder {
    /// Requests that are being answered.
    package var inFlightCount: Int { gate.count + signIns.count }
    /// Requests turned away because too many were being answered.
    package var shedCount: Int { gate.shedCount + signIns.shedCount }
    /// Requests turned away by a rate limit.
    package var limitedCount: Int { door.limitedCount }
}
