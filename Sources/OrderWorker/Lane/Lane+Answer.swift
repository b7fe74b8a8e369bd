internal import Orders

/// The end of a lane: what is stored is answered and settled.
extension Lane {
    func answerAll() async {
        while let batch = await nextFinished() {
            await responder.reply(batch.entries.compactMap(\.courtesyReply))
            guard let letters = await finishOthers(of: batch), await settle(batch) else { return await handBack() }
            report(batch, letters)
        }
    }

    private func nextFinished() async -> FinishedBatch? {
        if !finished.isReadable {
            await withCheckedContinuation { finished.wait($0) }
        }
        return finished.take(atMost: 1).first
    }

    private func settle(_ batch: FinishedBatch) async -> Bool {
        guard let mark = batch.lastMark else { return true }
        do {
            try await intake.settle(through: mark, isUrgent: hasSuspects)
            isSettled(batch)
            return true
        } catch {
            loseSession(error.description)
            return false
        }
    }

    // MARK: - Refusals, dead letters, postponements

    /// Brings every command that is not simply done to where it is safe: its sender, the dead letters, a later try.
    ///
    /// - Returns: what was buried, or `nil` if that was given up and nothing of the batch may be settled.
    private func finishOthers(of batch: FinishedBatch) async -> [DeadLetter]? {
        var replies: [(entry: FinishedBatch.Entry, reply: Reply)] = []
        var letters: [DeadLetter] = []
        var postponed: [Postponement] = []
        for entry in batch.entries {
            if let postponement = entry.postponement {
                postponed.append(postponement)
            } else if let reply = entry.settlingReply {
                replies.append((entry, reply))
            } else if let letter = entry.deadLetter {
                letters.append(letter)
            }
        }
        guard !replies.isEmpty || !letters.isEmpty || !postponed.isEmpty else { return [] }

        // Our own failures are told as well, as a courtesy: the dead letter is what settles them.
        await responder.reply(letters.compactMap(Self.courtesyReply))
        guard let deliveries = await settleReplies(replies, heldSince: batch.receivedAt) else { return nil }
        for (item, delivery) in deliveries where delivery == .undeliverable {
            if case .done(.refused(let refusal)) = item.entry.ending {
                letters.append(DeadLetter(item.entry.command, because: refusal, caller: item.entry.caller))
            }
        }
        let buried = await untilSafe(letters, heldSince: batch.receivedAt) { letters in
            await self.responder.bury(letters).map { $0 ? .safe(()) : .again }
        }
        guard buried != nil else { return nil }
        let waiting = await untilSafe(postponed, heldSince: batch.receivedAt) { postponements in
            await self.responder.postpone(postponements).map { $0 ? .safe(()) : .again }
        }
        return waiting == nil ? nil : letters
    }

    /// Sends each reply until it is known what became of it, but twice at most.
    ///
    /// What has been lost on its way twice may itself be why, and must not hold up everybody else. It counts as
    /// undeliverable, though it may have arrived.
    private func settleReplies(
        _ replies: [(entry: FinishedBatch.Entry, reply: Reply)],
        heldSince receivedAt: Duration
    ) async -> [((entry: FinishedBatch.Entry, reply: Reply), ReplyDelivery)]? {
        var lostOnce: Set<DeliveryMark> = []
        return await untilSafe(replies, heldSince: receivedAt) { replies in
            let deliveries = await self.responder.replyConfirmed(replies.map(\.reply))
            return zip(replies, deliveries).map { item, delivery in
                switch delivery {
                case .delivered, .undeliverable: .safe(delivery)
                case .unsent: .again
                case .unknown: lostOnce.insert(item.entry.command.mark).inserted ? .again : .safe(.undeliverable)
                }
            }
        }
    }

    /// Producers are not told what went wrong with us; the operator who has a dead letter sent again is.
    private static func courtesyReply(_ letter: DeadLetter) -> Reply? {
        guard letter.command.context.replyTo != nil, letter.refusal.isOurFault else { return nil }
        let isReplay = letter.caller?.replay != nil
        let told = isReplay ? letter.refusal : Refusal(.internalError, "The command could not be done")
        return Reply(.refused(told), to: letter.command.context)
    }

    private enum Safety<Value> {
        case safe(Value)
        case again
    }

    /// Repeats a step for those of the items that are not safe yet.
    ///
    /// - Returns: each item with what the step said of it, or `nil` if that was given up: the session was lost, or
    ///   the deliveries have been held for too long.
    private func untilSafe<Item, Value>(
        _ items: [Item],
        heldSince receivedAt: Duration,
        _ step: ([Item]) async -> [Safety<Value>]
    ) async -> [(Item, Value)]? {
        var rest = items
        var safe: [(Item, Value)] = []
        var pause = RetryPause()
        while !rest.isEmpty {
            guard !isSessionLost && !Task.isCancelled else { return nil }
            var again: [Item] = []
            for (item, safety) in zip(rest, await step(rest)) {
                switch safety {
                case .safe(let value): safe.append((item, value))
                case .again: again.append(item)
                }
            }
            rest = again
            if rest.isEmpty { break }
            if isHeldTooLong(since: receivedAt) { return nil }
            await clock.sleep(pause.next())
        }
        return safe
    }

    // MARK: - Telling

    private func report(_ batch: FinishedBatch, _ letters: [DeadLetter]) {
        let buried = Set(letters.map(\.command.mark))
        observer.finished(
            BatchReport(
                lane: configuration.name,
                commands: batch.entries.map { CommandReport($0, isDeadLetter: buried.contains($0.command.mark)) },
                waiting: batch.commitBegan - batch.receivedAt,
                committing: batch.commitEnded - batch.commitBegan,
                answering: clock.uptime() - batch.commitEnded
            )
        )
    }
}

extension CommandReport {
    fileprivate init(_ entry: FinishedBatch.Entry, isDeadLetter: Bool) {
        let ending: Ending =
            switch entry.ending {
            case .done(let outcome): .done(outcome)
            case .undecided(let reason): .postponed(reason: reason)
            case .failed(let postponement, let reason):
                .failed(attempt: entry.command.history.attempt, comesAgain: postponement.delay, reason: reason)
            }
        self.init(
            context: entry.command.context,
            caller: entry.caller,
            orderID: entry.orderID,
            ending: ending,
            isDeadLetter: isDeadLetter
        )
    }
}
