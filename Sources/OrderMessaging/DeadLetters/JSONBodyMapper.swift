internal import JSON
package import Orders

/// Applies mappings by splicing the body's own text: whatever they do not name stays as it was, to the byte.
package struct JSONBodyMapper: BodyMapper {
    private let limits: JSONLimits

    /// - Parameter bodyLimit: longer bodies are refused, in bytes.
    package init(bodyLimit: Int = 16 << 20) {
        limits = JSONLimits(maxBytes: bodyLimit)
    }

    package func apply(_ mapping: LetterMapping, to body: [UInt8]) throws(Refusal) -> [UInt8] {
        try map(mapping, over: body).body
    }

    /// Applies a mapping, step after step, and tells what it did not find.
    ///
    /// A default is set in objects that are there; it makes none on the way to its place.
    ///
    /// - Throws: `.malformedMessage` if the body is no JSON object; `.validationFailed` if a path ends in an element of
    ///   an array, a default is not JSON, or a new name is taken already.
    package func map(_ mapping: LetterMapping, over body: [UInt8]) throws(Refusal) -> MappedBody {
        var body = body
        var changeCount = 0
        var missing: [BodyPath] = []
        var root = try parse(body)
        for step in mapping.steps {
            guard let edits = try edits(step, in: root) else {
                if !missing.contains(step.path) { missing.append(step.path) }
                continue
            }
            guard !edits.isEmpty else { continue }
            body = BodyEdit.splice(edits, into: body)
            changeCount += edits.count
            root = try parse(body)
        }
        return MappedBody(body: body, changeCount: changeCount, missing: missing)
    }

    private func parse(_ body: [UInt8]) throws(Refusal) -> JSONNode {
        let root: JSONNode
        do {
            root = try JSONDocument(parsing: body, limits: limits).root
        } catch {
            throw Refusal(.malformedMessage, "The body is not JSON: \(error)")
        }
        guard root.kind == .object else {
            throw Refusal(.malformedMessage, "The body must be a JSON object")
        }
        return root
    }

    /// What a step changes, from the left; `nil` if its path leads nowhere.
    private func edits(_ step: LetterMapping.Step, in root: JSONNode) throws(Refusal) -> [BodyEdit]? {
        guard case .member(let text)? = step.path.steps.last else {
            throw Self.misfit(step.path, "must end in the name of a member")
        }
        let name = Array(text.utf8)
        let objects = root.nodes(at: step.path.steps.dropLast()).filter { $0.kind == .object }
        switch step {
        case .rename(let path, let newName):
            return try renames(name, to: newName, in: objects, path)
        case .setDefault(let path, let json):
            guard let value = try? JSONDocument(parsing: json, limits: limits).root else {
                throw Self.misfit(path, "must have JSON for its default")
            }
            let bare = objects.filter { $0.member(named: name) == nil }
            return objects.isEmpty ? nil : bare.map { BodyEdit(inserting: value, as: name, into: $0) }
        case .remove:
            let edits = objects.compactMap { BodyEdit(removing: name, from: $0) }
            return edits.isEmpty ? nil : edits
        }
    }

    private func renames(
        _ name: [UInt8],
        to newName: String,
        in objects: [JSONNode],
        _ path: BodyPath
    ) throws(Refusal) -> [BodyEdit]? {
        let newBytes = Array(newName.utf8)
        let named = objects.filter { $0.member(named: name) != nil }
        guard !named.isEmpty else { return nil }
        guard name != newBytes else { return [] }
        guard named.allSatisfy({ $0.member(named: newBytes) == nil }) else {
            throw Self.misfit(path, "must not get the name of another member of its object")
        }
        return named.compactMap { BodyEdit(renaming: name, to: newBytes, in: $0) }
    }

    private static func misfit(_ path: BodyPath, _ message: String) -> Refusal {
        Refusal(
            .validationFailed,
            "The mapping does not fit the body",
            details: [Violation(field: path.description, message: message)]
        )
    }
}

extension LetterMapping.Step {
    fileprivate var path: BodyPath {
        switch self {
        case .rename(let path, _), .setDefault(let path, _), .remove(let path): path
        }
    }
}
