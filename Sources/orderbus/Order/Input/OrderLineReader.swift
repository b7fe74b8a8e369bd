internal import JSON

/// Takes one input apart into orders: a JSON object over any number of lines, or NDJSON, an object a line.
///
/// It is one object if the whole input is one JSON value; else every line is an order of its own, so that a broken line
/// spoils itself alone.
package struct OrderLineReader: Sendable {
    private enum Form { case undecided, lines }

    /// Beyond this a line is not kept: it is four times what an order may have.
    package static let maximumLineBytes = 1024 * 1024
    /// Where the input is longer, it is not one order.
    private static let maximumObjectBytes = 512 * 1024

    private let source: String
    private var form = Form.undecided
    private var hasBegun = false
    private var buffer: [UInt8] = []
    /// What of the buffer is taken.
    private var start = 0
    /// Where the search for the next line feed goes on.
    private var searched = 0
    private var lineNumber = 1
    private var isFinished = false
    /// The first line is not a JSON value by itself: what it is shows at the end of the input.
    private var isFirstLineOpen = false
    private var isSkipping = false

    /// - Parameter source: the input's name in messages.
    package init(source: String) {
        self.source = source
    }

    /// Takes more of the input.
    package mutating func append(_ bytes: some Collection<UInt8>) {
        if start > 0, start == buffer.count || start > 64 * 1024 {
            buffer.removeFirst(start)
            searched -= start
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// Notes that the input has ended.
    package mutating func finish() {
        isFinished = true
    }

    /// The next order; nil where more input is needed, or there is none.
    package mutating func next() -> OrderLine? {
        guard hasBegun || begin() else { return nil }
        if form == .undecided, let whole = decide() { return whole }
        guard form == .lines else { return nil }
        while let line = nextLine() {
            if !line.text.isEmpty || line.isTooLong { return line }
        }
        return nil
    }

    /// What some editors write before text in UTF-8; it is no part of the first order.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Takes the mark away; false while the input may still turn out to begin with one.
    private mutating func begin() -> Bool {
        let mark = Self.byteOrderMark
        if !isFinished, buffer.count < mark.count, mark.starts(with: buffer) { return false }
        if buffer.starts(with: mark) { buffer.removeFirst(mark.count) }
        hasBegun = true
        return true
    }

    /// Decides between the two forms; returns the one order where the whole input is one.
    private mutating func decide() -> OrderLine? {
        if !isFirstLineOpen, let line = firstLine() {
            if (try? JSONDocument(parsing: Array(line), limits: Self.limits)) != nil {
                form = .lines
                return nil
            }
            isFirstLineOpen = true
        }
        if isFinished, buffer.count <= Self.maximumObjectBytes, let whole = wholeObject() { return whole }
        if isFinished || buffer.count > Self.maximumObjectBytes { form = .lines }
        return nil
    }

    private static let limits = JSONLimits(maxBytes: maximumLineBytes, maxDepth: 512)

    /// The first line that is not empty, once it is complete.
    private func firstLine() -> ArraySlice<UInt8>? {
        guard let begin = buffer.firstIndex(where: { !Self.isSpace($0) }),
            let end = buffer[begin...].firstIndex(of: UInt8(ascii: "\n"))
        else { return nil }
        return buffer[begin..<end]
    }

    private mutating func wholeObject() -> OrderLine? {
        guard (try? JSONDocument(parsing: buffer, limits: Self.limits)) != nil,
            let begin = buffer.firstIndex(where: { !Self.isSpace($0) })
        else { return nil }
        let number = 1 + buffer[..<begin].count { $0 == UInt8(ascii: "\n") }
        // Within JSON a line break stands between tokens only, where a space means the same.
        let text = buffer[begin...].map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? 0x20 : $0 }
        form = .lines
        start = buffer.count
        searched = start
        return OrderLine(source: source, number: number, text: Self.trimmingEnd(text))
    }

    // MARK: - Lines

    private mutating func nextLine() -> OrderLine? {
        guard let end = lineEnd() else {
            guard !isFinished else { return lastLine() }
            if buffer.count - start > Self.maximumLineBytes { skip() }
            return nil
        }
        defer {
            start = min(end + 1, buffer.count)
            searched = start
            lineNumber += 1
            isSkipping = false
        }
        return line(upTo: end)
    }

    private mutating func lineEnd() -> Int? {
        if let end = buffer[max(searched, start)...].firstIndex(of: UInt8(ascii: "\n")) { return end }
        searched = buffer.count
        return nil
    }

    private mutating func lastLine() -> OrderLine? {
        guard start < buffer.count || isSkipping else { return nil }
        defer {
            start = buffer.count
            isSkipping = false
        }
        return line(upTo: buffer.count)
    }

    private func line(upTo end: Int) -> OrderLine {
        let isTooLong = isSkipping || end - start > Self.maximumLineBytes
        return OrderLine(
            source: source,
            number: lineNumber,
            text: isTooLong ? [] : Self.trimmingEnd(Array(buffer[start..<end])),
            isTooLong: isTooLong
        )
    }

    /// Lets go of the beginning of a line that is too long.
    private mutating func skip() {
        isSkipping = true
        start = buffer.count
        searched = start
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func trimmingEnd(_ text: [UInt8]) -> [UInt8] {
        Array(text[..<((text.lastIndex { !isSpace($0) } ?? -1) + 1)])
    }
}
