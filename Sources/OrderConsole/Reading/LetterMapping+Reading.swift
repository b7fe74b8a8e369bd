internal import JSON
internal import OrderHTTP
internal import Orders

extension LetterMapping {
    /// Reads `{"rename":[path,name]}`, `{"default":[path,value]}` and `{"remove":path}`.
    init(sent node: JSONNode?) throws(Problem) {
        guard let node, node.kind == .array, (1...100).contains(node.count) else { throw Self.wrong }
        var steps: [Step] = []
        for element in node.elements { steps.append(try Self.step(element)) }
        self.init(steps: steps)
    }

    private static let wrong = Problem.wrong(
        "mapping",
        "must be 1 to 100 steps: rename, default or remove, with paths"
    )

    private static func step(_ node: JSONNode) throws(Problem) -> Step {
        guard node.count == 1, let member = node.members.first(where: { _ in true }) else {
            throw wrong
        }
        let parts = Array(member.value.elements)
        switch (member.name.asString, parts.count) {
        case ("rename", 2):
            if let path = path(parts[0]), let name = parts[1].asString { return .rename(path, to: name) }
        case ("default", 2):
            if let path = path(parts[0]) { return .setDefault(path, json: Array(parts[1].text)) }
        case ("remove", 0):
            if let path = path(member.value) { return .remove(path) }
        default: break
        }
        throw wrong
    }

    private static func path(_ node: JSONNode) -> BodyPath? {
        node.asString.flatMap { BodyPath($0) }
    }
}
