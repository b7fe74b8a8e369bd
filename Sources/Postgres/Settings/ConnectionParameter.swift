/// One keyword of libpq with its value.
struct ConnectionParameter: Hashable, Sendable {
    let keyword: String
    let value: String
}
