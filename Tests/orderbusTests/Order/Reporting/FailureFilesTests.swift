import Foundation
import Testing
import orderbus

@Suite struct FailureFilesTests {
    private func result(_ text: String, failed: Bool = true) -> OrderResult {
        let line = OrderLine(source: "in", number: 3, text: Array(text.utf8))
        let failure = CommandFailure(code: "NO", message: "not so", status: 400)
        return OrderResult(line: line, text: line.text, key: "key", reply: nil, failure: failed ? failure : nil)
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func text(_ path: String?) throws -> String {
        try String(contentsOfFile: try #require(path), encoding: .utf8)
    }

    @Test func failedOrdersStandAloneAndTheReasonsBeside() throws {
        try inFolder { folder in
            let files = FailureFiles(path: folder + "/failed.ndjson") { "now" }
            try files.add(result("{\"a\":1}"))
            try files.add(result("{\"a\":2}", failed: false))
            try files.add(result("{\"a\":3}"))
            #expect(try text(files.path) == "{\"a\":1}\n{\"a\":3}\n")
            #expect(files.reasonsPath == folder + "/failed.reasons.ndjson")
            let reasons = try text(files.reasonsPath)
            #expect(reasons.split(separator: "\n").count == 2)
            #expect(
                reasons.hasPrefix(#"{"source":"in","line":3,"idempotencyKey":"key","status":400,"error":{"code":"NO""#)
            )
        }
    }

    @Test func withoutAFailureThereIsNoFile() throws {
        try inFolder { folder in
            let files = FailureFiles(path: folder + "/failed.ndjson") { "now" }
            try files.add(result("{}", failed: false))
            #expect(files.path == nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test func aFileThatIsThereIsNotWrittenOver() throws {
        try inFolder { folder in
            let path = folder + "/failed.ndjson"
            try "precious".write(toFile: path, atomically: true, encoding: .utf8)
            #expect(throws: ExplainedError.self) { try FailureFiles(path: path) { "now" }.add(result("{}")) }
            #expect(try text(path) == "precious")
        }
    }
}
