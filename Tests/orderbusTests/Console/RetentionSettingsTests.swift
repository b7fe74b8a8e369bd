import Orders
import Testing
import orderbus

@Suite struct RetentionSettingsTests {
    private func read(_ environment: [String: String], file: String = "") throws -> RetentionSettings {
        try Settings.load(
            from: environment,
            readFile: { _ in SettingFile(text: file, isWorldReadable: true) },
            RetentionSettings.init(reading:)
        ).value
    }

    @Test func eachKindLivesForItsOwnTime() throws {
        let settings = try read([
            "CONSOLE_RETENTION_SETTLED": "10d", "CONSOLE_RETENTION_REVISIONS": "36h",
            "CONSOLE_RETENTION_WAITING": "365d", "CONSOLE_RETENTION_REPLAYS": "20d", "CONSOLE_RETENTION_AUDIT": "3650d",
        ])
        #expect(settings.settledLetters == .seconds(10 * 86_400))
        #expect(settings.revisions == .seconds(36 * 3600))
        #expect(settings.keptLetters == .seconds(365 * 86_400))
        #expect(settings.jobs == .seconds(20 * 86_400))
        #expect(settings.audit == .seconds(3650 * 86_400))
    }

    @Test func whatIsNotSetStaysAsItWas() throws {
        #expect(try read([:]) == RetentionSettings())
    }

    @Test func timeCanComeFromAFile() throws {
        #expect(
            try read(["CONSOLE_RETENTION_AUDIT_FILE": "/run/secrets/x"], file: "500d").audit == .seconds(500 * 86_400)
        )
    }

    @Test func nothingIsGoneAtOnceBySomebodysMistake() {
        for wrong in ["0d", "30", "10s", "forever", "-1d", "36501d"] {
            #expect(throws: SettingsError.self) { try read(["CONSOLE_RETENTION_WAITING": wrong]) }
        }
    }
}
