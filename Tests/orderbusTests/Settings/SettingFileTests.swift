import FoundationEssentials
import Testing
import orderbus

@Suite struct SettingFileTests {
    private func withFile(_ bytes: [UInt8], mode: Int, _ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.path + "/setting-\(UUID().uuidString)"
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        try body(path)
    }

    @Test func oneLineBreakAtTheEndIsNotPartOfTheValue() {
        #expect(SettingFile(text: "a\n").value == "a")
        #expect(SettingFile(text: "a\r\n").value == "a")
        #expect(SettingFile(text: "a\n\n").value == "a\n")
        #expect(SettingFile(text: " a ").value == " a ")
    }

    @Test func theModeTellsWhoMayRead() throws {
        try withFile(Array("x\n".utf8), mode: 0o644) { path in
            let file = try SettingFile.read(path)
            #expect(file.isWorldReadable)
        }
        try withFile(Array("x\n".utf8), mode: 0o640) { path in
            let file = try SettingFile.read(path)
            #expect(!file.isWorldReadable)
            #expect(file.text == "x\n")
        }
    }

    @Test func whatIsNoSettingIsRefused() throws {
        try withFile([0xFF, 0xFE], mode: 0o600) { path in
            #expect(throws: SettingFileError(reason: "it is not UTF-8 text")) { try SettingFile.read(path) }
        }
        try withFile(Array(repeating: 97, count: 70_000), mode: 0o600) { path in
            #expect(throws: SettingFileError(reason: "it is larger than 64 KiB")) { try SettingFile.read(path) }
        }
        #expect(throws: SettingFileError(reason: "No such file or directory")) { try SettingFile.read("/none/at/all") }
        #expect(throws: SettingFileError(reason: "Is a directory")) { try SettingFile.read("/tmp") }
    }
}
