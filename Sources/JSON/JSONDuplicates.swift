/// Finds members of one object that bear the same name.
enum JSONDuplicates {
    /// Up to here comparing all pairs costs less than hashing.
    private static let pairwiseLimit = 12

    /// Returns where in the text a name stands that its object has had before; names are compared unescaped.
    ///
    /// - Complexity: linear in the names' bytes, whoever chose them: hashes are seeded per process.
    static func firstDuplicate(ofObjectAt object: Int, in tape: [JSONTapeEntry], bytes: [UInt8]) -> Int? {
        let count = Int(tape[object].count)
        guard count > 1 else { return nil }
        return count <= pairwiseLimit
            ? comparingPairs(object, tape, bytes) : hashing(object, count, tape, bytes)
    }

    private static func comparingPairs(_ object: Int, _ tape: [JSONTapeEntry], _ bytes: [UInt8]) -> Int? {
        var later = object + 1
        while later < tape.count {
            var earlier = object + 1
            while earlier < later {
                if areEqual(tape[earlier], tape[later], bytes) { return Int(tape[later].start) - 1 }
                earlier = Int(tape[earlier + 1].next)
            }
            later = Int(tape[later + 1].next)
        }
        return nil
    }

    /// Fills a table of open addressing, at most half full, with the entries of the names.
    private static func hashing(_ object: Int, _ count: Int, _ tape: [JSONTapeEntry], _ bytes: [UInt8]) -> Int? {
        let mask = (1 << (Int.bitWidth - (count * 2 - 1).leadingZeroBitCount)) - 1
        var slots = [UInt32](repeating: 0, count: mask + 1)
        var name = object + 1
        while name < tape.count {
            var slot = hash(tape[name], bytes) & mask
            // The object's own entry precedes its names, so none of them is entry 0.
            while slots[slot] != 0 {
                if areEqual(tape[Int(slots[slot])], tape[name], bytes) { return Int(tape[name].start) - 1 }
                slot = (slot + 1) & mask
            }
            slots[slot] = UInt32(truncatingIfNeeded: name)
            name = Int(tape[name + 1].next)
        }
        return nil
    }

    private static func hash(_ name: JSONTapeEntry, _ bytes: [UInt8]) -> Int {
        var hasher = Hasher()
        content(name, bytes).withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }

    private static func areEqual(_ first: JSONTapeEntry, _ second: JSONTapeEntry, _ bytes: [UInt8]) -> Bool {
        if first.isEscaped || second.isEscaped { return content(first, bytes) == content(second, bytes) }
        guard first.end - first.start == second.end - second.start else { return false }
        for (one, other) in zip(first.start..<first.end, second.start..<second.end)
        where bytes[Int(one)] != bytes[Int(other)] {
            return false
        }
        return true
    }

    private static func content(_ name: JSONTapeEntry, _ bytes: [UInt8]) -> ArraySlice<UInt8> {
        let raw = bytes[Int(name.start)..<Int(name.end)]
        return name.isEscaped ? JSONEscape.unescaped(raw)[...] : raw
    }
}
