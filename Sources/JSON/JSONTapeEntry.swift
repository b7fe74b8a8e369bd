/// One value or one member's name, as the reader noted it.
///
/// Entries stand in the order of the text; an object is followed by name, value, name, value and so on.
struct JSONTapeEntry: Sendable {
    var kind: JSONKind
    /// Whether a string's bytes hold a backslash, so that they are not its content as they stand.
    var isEscaped = false
    /// The first byte of the value; of a string, the one after its quotation mark.
    var start: UInt32
    /// The byte after the value's last; of a string, its closing quotation mark.
    var end: UInt32
    /// The entry after this value and all within it; the enclosing container's entry while this one is being read.
    var next: UInt32
    /// How many elements or members a container holds.
    var count: UInt32 = 0
}
