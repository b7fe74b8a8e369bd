internal import Foundation
internal import Orders

extension LetterFilter {
    /// Whether a letter fits, as the database's own conditions say.
    func meets(_ letter: InMemoryDeadLetters.Letter) -> Bool {
        let entry = letter.entry
        return (states.isEmpty || states.contains(entry.state))
            && Self.fits(group, entry.groupID)
            && Self.fits(command, entry.command)
            && Self.fits(code, entry.failure.code)
            && Self.fits(reason, entry.failure.reason)
            && Self.fits(release, entry.failure.release)
            && Self.fits(tenant, entry.caller?.tenant)
            && Self.fits(clientID, entry.caller?.clientID)
            && Self.fits(customerID, entry.topic.customerID)
            && Self.fits(orderID, entry.topic.orderID)
            && (arrivedFrom.map { entry.arrivedAt >= $0 } ?? true)
            && (arrivedBefore.map { entry.arrivedAt < $0 } ?? true)
            && (hasFailedAgain.map { $0 == (entry.repeatFailures > 0) } ?? true)
            && (text.map { entry.failure.message.contains($0) || letter.message.body.contains(text: $0) } ?? true)
            && (body.map { $0.meets(letter.message.body) } ?? true)
    }

    private static func fits<Value: Equatable>(_ wanted: Value?, _ value: Value?) -> Bool {
        wanted == nil || wanted == value
    }
}

extension [UInt8] {
    fileprivate func contains(text: String) -> Bool {
        let bytes = Array(text.utf8)
        return indices.contains { self[$0...].starts(with: bytes) } || bytes.isEmpty
    }
}

extension BodyMatch {
    /// Follows the path as PostgreSQL does in lax mode: a step into an array goes into each of its elements, and an
    /// index into anything else takes it for an array of one.
    fileprivate func meets(_ body: [UInt8]) -> Bool {
        guard let root = try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed) else {
            return false
        }
        var nodes = [root]
        for step in path.steps {
            nodes = nodes.flatMap { node -> [Any] in
                switch step {
                case .member(let name):
                    let objects = node as? [Any] ?? [node]
                    return objects.compactMap { ($0 as? [String: Any])?[name] }
                case .element(let index):
                    let elements = node as? [Any] ?? [node]
                    return elements.indices.contains(index) ? [elements[index]] : []
                case .anyElement:
                    return node as? [Any] ?? [node]
                }
            }
        }
        guard case .equals(let text) = condition else { return !nodes.isEmpty }
        return nodes.contains { Self.equals($0, text) }
    }

    private static func equals(_ node: Any, _ text: String) -> Bool {
        switch node {
        case let elements as [Any]: elements.contains { equals($0, text) }
        case let string as String: string == text
        case is NSNull: text == "null"
        // A JSON `true` is a number too; its type tells.
        case let number as NSNumber where String(cString: number.objCType) == "c":
            text == (number.boolValue ? "true" : "false")
        case let number as NSNumber: Double(text) == number.doubleValue
        default: false
        }
    }
}
