extension JSONNode {
    /// An object's members in the order of the text; none where the value is not an object.
    package var members: JSONMembers { JSONMembers(of: self) }

    /// An array's elements; none where the value is not an array.
    package var elements: JSONElements { JSONElements(of: self) }

    /// The member of an object that bears a name; nil where there is none or the value is not an object.
    ///
    /// - Complexity: linear in the object's members, comparing lengths first.
    package func member(_ name: StaticString) -> JSONNode? {
        member { document.string(at: $0, is: name) }
    }

    /// The member of an object that bears a name known only at run time, given as UTF-8.
    package func member(named name: [UInt8]) -> JSONNode? {
        member { JSONNode(document: document, index: $0).utf8?.elementsEqual(name) ?? false }
    }

    private func member(where nameMatches: (Int) -> Bool) -> JSONNode? {
        guard kind == .object else { return nil }
        let tape = document.tape
        let end = Int(tape[index].next)
        var name = index + 1
        while name < end {
            if nameMatches(name) { return JSONNode(document: document, index: name + 1) }
            name = Int(tape[name + 1].next)
        }
        return nil
    }
}
