/// A place in a document: one value, with all that stands within it.
package struct JSONNode: Sendable {
    let document: JSONDocument
    let index: Int

    var entry: JSONTapeEntry { document.tape[index] }

    package var kind: JSONKind { entry.kind }

    package var isNull: Bool { kind == .null }

    /// The truth value; nil where the value is of another kind.
    package var asBool: Bool? {
        switch kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    /// How many elements an array or members an object holds; 0 for anything else.
    package var count: Int { Int(entry.count) }

    /// The value as it stands in the text, white space within it and all; a string with its quotation marks.
    package var text: ArraySlice<UInt8> {
        let entry = entry
        let quotes: UInt32 = entry.kind == .string ? 1 : 0
        return document.bytes[Int(entry.start - quotes)..<Int(entry.end + quotes)]
    }

    /// The length of the value as it stands in the text.
    package var byteCount: Int { text.count }

    /// How many objects and arrays stand inside one another here: 0 for a scalar, 1 for `{}`.
    package var depth: Int {
        var ends: [UInt32] = []
        var deepest = 0
        let tape = document.tape
        for index in index..<Int(entry.next) {
            while let end = ends.last, index >= Int(end) { ends.removeLast() }
            guard tape[index].kind == .object || tape[index].kind == .array else { continue }
            ends.append(tape[index].next)
            deepest = max(deepest, ends.count)
        }
        return deepest
    }
}
