extension JSONNode {
    /// Appends the one form that all texts of the same value share.
    ///
    /// Without white space; members sorted by the bytes of their names; strings with the fewest escapes; each number in
    /// one spelling for its exact value. Reading the form and writing it again gives the same bytes.
    ///
    /// - Complexity: linear, beside sorting each object's members; as deep a recursion as the limits let in.
    package func appendCanonical(to output: inout [UInt8]) {
        switch kind {
        case .null: output.appendLiteral("null")
        case .true: output.appendLiteral("true")
        case .false: output.appendLiteral("false")
        case .number: decimal?.appendCanonical(to: &output)
        case .string: output.appendJSONString(utf8: utf8 ?? [])
        case .array: appendCanonicalArray(to: &output)
        case .object: appendCanonicalObject(to: &output)
        }
    }

    private func appendCanonicalArray(to output: inout [UInt8]) {
        output.append(UInt8(ascii: "["))
        for (position, element) in elements.enumerated() {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            element.appendCanonical(to: &output)
        }
        output.append(UInt8(ascii: "]"))
    }

    private func appendCanonicalObject(to output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        var sorted = members.map { (name: $0.name.utf8 ?? [], value: $0.value) }
        sorted.sort { $0.name.lexicographicallyPrecedes($1.name) }
        for (position, member) in sorted.enumerated() {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            output.appendJSONString(utf8: member.name)
            output.append(UInt8(ascii: ":"))
            member.value.appendCanonical(to: &output)
        }
        output.append(UInt8(ascii: "}"))
    }
}
