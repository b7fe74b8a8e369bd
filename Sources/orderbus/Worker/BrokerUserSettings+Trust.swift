internal import AMQP
internal import OrderMessaging

extension BrokerUserSettings {
    /// Whom the worker believes.
    ///
    /// - Throws: an explanation where it is not known what the broker calls the worker: it could not tell its own notes
    ///   on a command from a stranger's, and would try for ever.
    func trust(_ broker: ConnectionSettings) throws -> PublisherTrust {
        guard let user = worker.flatMap({ ShortString($0) }) ?? broker.soleUser else {
            throw ExplainedError(
                what: "AMQP_URL does not say which user the broker knows the worker by",
                place: nil,
                advice: "set \(Setting.workerAMQPUser.name), for example to \(Setting.workerAMQPUser.example)",
                status: .wrongUsage
            )
        }
        guard user.string != console else {
            throw ExplainedError(
                what: "the worker and the console are both the broker's user \(console)",
                place: nil,
                advice: "give each a user of its own, or set \(Setting.consoleAMQPUser.name) to none",
                status: .wrongUsage
            )
        }
        return PublisherTrust(
            worker: user,
            console: ShortString(console) ?? .empty,
            operatingTenant: operatingTenant
        )
    }
}
