import Testing
import orderbus

@Suite struct LineBatchesTests {
    private func batches(of text: String, limit: Int, pieceSize: Int) -> [String] {
        var batches = LineBatches(limit: limit)
        var found: [[UInt8]] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            found += batches.add(Array(rest.prefix(pieceSize)))
            rest = rest.dropFirst(pieceSize)
        }
        if let last = batches.finish() { found.append(last) }
        return found.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: 1...13)
    func linesStayWholeHoweverTheyCome(pieceSize: Int) {
        let found = batches(of: "aa\nbb\ncccccccc\nd\n", limit: 6, pieceSize: pieceSize)
        #expect(found == ["aa\nbb\n", "cccccccc\n", "d\n"])
        #expect(batches(of: "", limit: 6, pieceSize: pieceSize) == [])
    }
}
