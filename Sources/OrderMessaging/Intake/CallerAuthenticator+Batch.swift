internal import Orders

extension CallerAuthenticator {
    /// Looks for keys all at once, so that many take no longer than one.
    func resolve(_ keys: [UnknownKey]) async -> [UnknownKey: KeyResolution] {
        await withTaskGroup { group in
            for key in keys { group.addTask { (key, await resolve(key)) } }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}
