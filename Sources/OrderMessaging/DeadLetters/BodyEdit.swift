internal import JSON
internal import Orders

/// A piece of a body's text and what stands there afterwards.
struct BodyEdit {
    /// In bytes of the text.
    private let range: Range<Int>
    private let text: [UInt8]

    /// Gives a member another name; `nil` if the object has no such member.
    init?(renaming name: [UInt8], to newName: [UInt8], in object: JSONNode) {
        guard let member = object.members.first(where: { $0.isNamed(name) }) else { return nil }
        var text: [UInt8] = []
        text.appendJSONString(utf8: newName[...])
        range = member.name.text.indices
        self.text = text
    }

    /// Adds a member behind all others.
    init(inserting value: JSONNode, as name: [UInt8], into object: JSONNode) {
        var text: [UInt8] = []
        var place = object.text.startIndex + 1
        if let last = object.members.reduce(nil as JSONMember?, { $1 }) {
            text.append(UInt8(ascii: ","))
            place = last.value.text.endIndex
        }
        text.appendJSONString(utf8: name[...])
        text.append(UInt8(ascii: ":"))
        text.append(contentsOf: value.text)
        range = place..<place
        self.text = text
    }

    /// Takes a member out, with one of the commas beside it; `nil` if the object has no such member.
    init?(removing name: [UInt8], from object: JSONNode) {
        let members = Array(object.members)
        guard let index = members.firstIndex(where: { $0.isNamed(name) }) else { return nil }
        let member = members[index]
        if index + 1 < members.count {
            range = member.name.text.startIndex..<members[index + 1].name.text.startIndex
        } else if index > 0 {
            range = members[index - 1].value.text.endIndex..<member.value.text.endIndex
        } else {
            range = member.name.text.startIndex..<member.value.text.endIndex
        }
        text = []
    }

    /// Makes all changes.
    ///
    /// - Parameter edits: from the left, none within another.
    static func splice(_ edits: [BodyEdit], into body: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(body.count + edits.reduce(0) { $0 + $1.text.count })
        var position = 0
        for edit in edits {
            result += body[position..<edit.range.lowerBound]
            result += edit.text
            position = edit.range.upperBound
        }
        return result + body[position...]
    }
}

extension JSONMember {
    fileprivate func isNamed(_ name: [UInt8]) -> Bool { self.name.utf8?.elementsEqual(name) ?? false }
}

extension JSONNode {
    /// The values to which the steps lead from here, in the order of the text.
    func nodes(at steps: ArraySlice<BodyPath.Step>) -> [JSONNode] {
        guard let step = steps.first else { return [self] }
        let rest = steps.dropFirst()
        switch step {
        case .member(let name): return member(named: Array(name.utf8))?.nodes(at: rest) ?? []
        case .element(let index): return elements.dropFirst(index).prefix(1).flatMap { $0.nodes(at: rest) }
        case .anyElement: return elements.flatMap { $0.nodes(at: rest) }
        }
    }
}
