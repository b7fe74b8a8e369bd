import JSON
import Testing
import orderbus

@Suite struct SettlingReportTests {
    private func report(
        _ count: Int,
        _ skipped: Int,
        isNamed: Bool = true,
        isDryRun: Bool = false
    ) throws -> SettlingReport {
        let answer = try JSONDocument(parsing: Array(#"{"count":\#(count),"skipped":\#(skipped)}"#.utf8))
        return SettlingReport(answer.root, done: "discarded", isDryRun: isDryRun, isNamed: isNamed)
    }

    @Test(arguments: [(2, 0, Int32(0)), (1, 1, 3), (0, 2, 1)])
    func statusTellsWhetherAllThatWereNamedWereChanged(count: Int, skipped: Int, status: Int32) throws {
        let report = try report(count, skipped)
        #expect(report.status.rawValue == status)
        #expect(report.text.contains("\(count) letters discarded, \(skipped) left out"))
    }

    @Test func filterMeansThoseThatCanBeChanged() throws {
        #expect(try report(1, 1, isNamed: false).status == .done)
    }

    @Test func dryRunHasDoneWhatItWasFor() throws {
        #expect(try report(0, 1, isDryRun: true).status == .done)
    }
}
