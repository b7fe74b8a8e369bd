import Foundation
import Testing
import orderbus

@Suite struct SenderTokenTests {
    @Test func theEnvironmentGivesATokenOrAFileOfOneButNotBoth() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try "Bearer d.e.f\n".write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(try SenderToken.given(in: [:]).value == nil)
        #expect(try SenderToken.given(in: ["ORDERBUS_TOKEN": "a.b.c"]).value == "a.b.c")
        #expect(try SenderToken.given(in: ["ORDERBUS_TOKEN_FILE": file]).value == "d.e.f")
        let error = #expect(throws: SettingsError.self) {
            try SenderToken.given(in: ["ORDERBUS_TOKEN": "a.b.c", "ORDERBUS_TOKEN_FILE": file])
        }
        #expect(error?.explanation.what.contains("only one may be") == true)
        #expect(error?.explanation.status == .wrongUsage)
    }
}
