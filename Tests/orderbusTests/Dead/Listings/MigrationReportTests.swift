import JSON
import Testing
import orderbus

@Suite struct MigrationReportTests {
    private func report(_ json: String, isDryRun: Bool = false) throws -> MigrationReport {
        var report = MigrationReport(isDryRun: isDryRun)
        #expect(report.add(try JSONDocument(parsing: Array(json.utf8)).root) == nil)
        return report
    }

    @Test func severalAnswersAreOneReport() throws {
        var report = MigrationReport(isDryRun: false)
        let first = #"{"count":2,"unchanged":1,"refusedCount":0,"refused":[],"sample":[],"nextCursor":"c1"}"#
        let last = #"{"count":1,"refusedCount":1,"refused":[{"id":"dl_1","reason":"no"}],"nextCursor":null}"#
        #expect(report.add(try JSONDocument(parsing: Array(first.utf8)).root) == "c1")
        #expect(report.add(try JSONDocument(parsing: Array(last.utf8)).root) == nil)
        #expect(report.status == .partlyDone)
        #expect(report.text.hasPrefix("3 letters changed, 1 have nothing to change"))
        let json = try JSONDocument(parsing: report.json).root
        #expect(json.member("count")?.asInt64 == 3)
        #expect(json.member("refused")?.elements.compactMap { $0.member("id")?.asString } == ["dl_1"])
    }

    @Test func scriptHearsOfWhatWasRefused() throws {
        #expect(try report(#"{"count":2,"refusedCount":0}"#).status == .done)
        #expect(try report(#"{"count":2,"refusedCount":1}"#).status == .partlyDone)
        #expect(try report(#"{"count":0,"refusedCount":1}"#).status == .failed)
        #expect(try report(#"{"count":0,"refusedCount":1}"#, isDryRun: true).status == .done)
    }

    @Test func personSeesWhatWouldChangeAndWhatWouldNot() throws {
        let answer = #"""
            {"count":1,"unchanged":2,"skipped":3,"refusedCount":1,"refused":[{"id":"dl_1","reason":"no\u001b[31m"}],
            "sample":[{"id":"dl_2","before":"{\n  \"a\": number\n}","after":"{\n  \"b\": number\n}"}]}
            """#
        let text = try report(answer, isDryRun: true).text
        #expect(
            text.hasPrefix("1 letters would be changed, 2 have nothing to change, 3 do not wait, 1 would be refused")
        )
        #expect(text.contains("refused dl_1: no"))
        #expect(!text.contains("\u{1b}"))
        #expect(text.contains("\"b\": number"))
    }
}
