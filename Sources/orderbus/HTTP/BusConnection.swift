internal import OrderMessaging
internal import ServiceLifecycle

/// The connection to the broker: it ends after the server that uses it.
struct BusConnection: Service {
    let client: CommandClient

    func run() async throws {
        await cancelWhenGracefulShutdown { await client.run() }
    }
}
