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
            files.add(result("{\"a\":1}"))
            files.add(result("{\"a\":2}", failed: false))
            files.add(result("{\"a\":3}"))
            #expect(try text(files.path) == "{\"a\":1}\n{\"a\":3}\n")
            #expect(files.reasonsPath == folder + "/failed.reasons.ndjson")
            let reasons = try text(files.reasonsPath)
            #expect(reasons.split(separator: "\n").count == 2)
            #expect(
                reasons.hasPrefix(#"{"source":"in","line":3,"idempotencyKey":"key","status":400,"error":{"code":"NO""#)
            )
        }
    }

    @Test func aLineThatIsTooLongIsNamedAndNotSentAgain() throws {
        try inFolder { folder in
            let files = FailureFiles(path: folder + "/failed.ndjson") { "now" }
            let line = OrderLine(source: "in", number: 7, text: [], isTooLong: true)
            let failure = CommandFailure(code: "NO", message: "too long")
            files.add(OrderResult(line: line, text: [], key: nil, reply: nil, failure: failure))
            files.finish()
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names == ["failed.reasons.ndjson"])
            let words = FailureText.text(of: files)
            #expect(words.contains("in, line 7"))
            #expect(!words.contains("order create"))
            #expect(files.path == nil)
        }
    }

    @Test func aLineThatIsTooLongIsToldApartFromThoseThatCanBeSentAgain() throws {
        try inFolder { folder in
            let files = FailureFiles(path: folder + "/failed.ndjson") { "now" }
            files.add(result("{}"))
            let line = OrderLine(source: "in", number: 7, text: [], isTooLong: true)
            let failure = CommandFailure(code: "NO", message: "too long")
            files.add(OrderResult(line: line, text: [], key: nil, reply: nil, failure: failure))
            files.finish()
            let kept = try text(files.path)
            #expect(kept == "{}\n")
            let words = FailureText.text(of: files)
            #expect(words.contains("order create \(folder)/failed.ndjson\n"))
            #expect(words.contains("in the input alone, because no order is that long: in, line 7\n"))
        }
    }

    @Test func withoutAFailureThereIsNoFile() throws {
        try inFolder { folder in
            let files = FailureFiles(path: folder + "/failed.ndjson") { "now" }
            files.add(result("{}", failed: false))
            #expect(files.path == nil)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names.isEmpty)
        }
    }

    @Test func aCheckLeavesNothingBehind() throws {
        try inFolder { folder in
            let files = FailureFiles(path: folder + "/failed.ndjson") { "now" }
            try files.check()
            #expect(files.path == nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            files.add(result("{}"))
            #expect(try text(files.path) == "{}\n")
        }
    }

    @Test(arguments: ["failed.ndjson", "failed.reasons.ndjson"])
    func aFileThatIsThereIsFoundBeforeAnythingIsSentAndNotWrittenOver(_ name: String) throws {
        try inFolder { folder in
            try "precious".write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
            let files = FailureFiles(path: folder + "/failed.ndjson") { "now" }
            let error = #expect(throws: ExplainedError.self) { try files.check() }
            #expect(error?.explanation.place == folder + "/" + name)
            #expect(error?.explanation.status == .wrongUsage)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name])
            #expect(try text(folder + "/" + name) == "precious")
        }
    }

    @Test func aFolderThatIsNotThereIsFoundBeforeAnythingIsSent() throws {
        try inFolder { folder in
            let files = FailureFiles(path: folder + "/none/failed.ndjson") { "now" }
            #expect(throws: ExplainedError.self) { try files.check() }
        }
    }

    @Test func whatCannotBeWrittenLaterIsCountedAndEndsNothing() throws {
        try inFolder { folder in
            let files = FailureFiles(path: folder + "/later/failed.ndjson") { "now" }
            files.add(result("{}", failed: false))
            #expect(files.trouble == nil)
            for _ in 0..<3 { files.add(result("{}")) }
            #expect(files.trouble?.explanation.what.contains("No such file") == true)
            #expect(files.unwritten == 3)
        }
    }

    @Test func runsOfOneSecondInOneFolderDoNotCollide() throws {
        try inFolder { folder in
            let runs = (0..<3).map { _ in FailureFiles(path: nil, folder: folder) { "now" } }
            for run in runs { try run.check() }
            for run in runs { run.add(result("{}")) }
            #expect(
                runs.map(\.path) == ["", "-2", "-3"].map { folder + "/orders-failed-now\($0).ndjson" }
            )
            #expect(runs.allSatisfy { $0.trouble == nil })
        }
    }
}
