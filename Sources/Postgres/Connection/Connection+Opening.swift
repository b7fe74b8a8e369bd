internal import ThreadExecutor

extension Connection {
    /// Opens a session if there is none, or if the server has ended it meanwhile.
    func openIfNeeded(until deadline: ContinuousClock.Instant) async throws(PostgresError) {
        if handle != nil {
            // Twice: the first read may get the server's farewell, the second then meets the end of the stream.
            if handle?.consumeInput() == true, handle?.consumeInput() == true, handle?.isBad == false { return }
            dropSession()
        }
        var last = PostgresError(.connectionFailed, "no host to connect to")
        for host in plan.hosts {
            for address in try await addresses(of: host, until: deadline) {
                do {
                    return try await open(address, until: deadline)
                } catch {
                    dropSession()
                    last = error
                    guard error.code == .connectionFailed else { throw error }
                }
            }
        }
        throw last
    }

    private func addresses(
        of host: ConnectionPlan.Host,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) -> [ConnectionPlan.Host] {
        guard host.needsLookup, let name = host.name else { return [host] }
        let found = try await outcome(of: { await HostLookup.addresses(of: name) }, until: deadline)
        guard !found.isEmpty || plan.hosts.count > 1 else {
            throw PostgresError(.connectionFailed, "\(host.label): the host name has no address")
        }
        return found.map { address in
            var host = host
            host.address = address
            return host
        }
    }

    private func open(
        _ host: ConnectionPlan.Host,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) {
        guard let opening = ConnectionHandle(opening: plan.parameters + host.parameters) else {
            throw PostgresError(.connectionFailed, "out of memory")
        }
        handle = consume opening
        let share = min(deadline, .now + connectTimeout)
        while true {
            let progress = handle?.advanceOpening() ?? .failed
            let interest: ThreadExecutor.Interest
            switch progress {
            case .readable: interest = .readable
            case .writable: interest = .writable
            case .opened:
                guard handle?.prepareForPipelines() == true else { throw refusal(by: host) }
                return
            case .failed: throw refusal(by: host)
            }
            socket = handle?.socket ?? -1
            let wake = await executor.wait(for: interest, on: socket, until: share)
            if wake == .deadline, share < deadline {
                throw PostgresError(.connectionFailed, "\(host.label): no answer within \(connectTimeout)")
            }
            if let error = Self.error(endingWait: wake, isClosed: isClosed) { throw error }
        }
    }

    private func refusal(by host: ConnectionPlan.Host) -> PostgresError {
        let text = handle?.errorMessage ?? ""
        let message = ServerMessage.masking(plan.secrets, in: ServerMessage.firstLine(text))
        var error = PostgresError(.connectionFailed, "\(host.label): \(message)")
        error.sqlState = ServerMessage.state(inVerbose: text)
        return error
    }
}
