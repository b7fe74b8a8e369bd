/// What a path is called in metrics: one of a fixed number of names, whatever a caller makes up.
enum RouteName {
    /// A star stands for an id.
    private static let templates = [
        "session", "v1/audit", "v1/audit/verify", "v1/events", "v1/dead/statistics",
        "v1/dead/groups", "v1/dead/groups/*", "v1/dead/groups/*/note",
        "v1/dead/letters", "v1/dead/letters/*", "v1/dead/letters/*/reveal", "v1/dead/letters/*/revisions",
        "v1/dead/replays", "v1/dead/replays/*", "v1/dead/replays/*/messages", "v1/dead/replays/*/pause",
        "v1/dead/replays/*/resume", "v1/dead/replays/*/cancel",
        "v1/dead/discard", "v1/dead/restore", "v1/dead/migrate", "v1/dead/export", "v1/dead/import",
    ].map { $0.split(separator: "/").map(String.init) }

    /// - Parameter path: its parts, without empty ones.
    static func of(_ path: [String]) -> String {
        if let template = templates.first(where: { fits($0, path) }) {
            return "/" + template.map { $0 == "*" ? "{id}" : $0 }.joined(separator: "/")
        }
        return PageFile(path: path) == nil ? "none" : "page"
    }

    private static func fits(_ template: [String], _ path: [String]) -> Bool {
        template.count == path.count && zip(template, path).allSatisfy { $0 == "*" || $0 == $1 }
    }
}
