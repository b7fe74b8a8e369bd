import Glibc

/// A file that holds a setting's value, as container platforms mount secrets.
package struct SettingFile: Sendable {
    /// The largest file that is read; a setting is a line.
    static let maximumBytes = 64 * 1024

    /// The content as it is.
    package let text: String
    /// Whether every user of the machine may read it.
    package let isWorldReadable: Bool

    package init(text: String, isWorldReadable: Bool = false) {
        self.text = text
        self.isWorldReadable = isWorldReadable
    }

    /// The content without the line break that editors put at its end.
    package var value: String {
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") {
            return String(text.dropLast())
        }
        return text
    }

    /// Reads a file.
    ///
    /// - Throws: ``SettingFileError`` where it cannot be read, is too large or is not UTF-8.
    package static func read(_ path: String) throws(SettingFileError) -> SettingFile {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system }
        let bytes = try contents(of: descriptor, atMost: maximumBytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SettingFileError(reason: "it is not UTF-8 text")
        }
        return SettingFile(text: text, isWorldReadable: status.st_mode & S_IROTH != 0)
    }

    /// Reads a file that need not be text.
    static func bytes(_ path: String, atMost limit: Int) throws(SettingFileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system }
        defer { close(descriptor) }
        return try contents(of: descriptor, atMost: limit)
    }

    private static func contents(of descriptor: Int32, atMost limit: Int) throws(SettingFileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .system
            }
            if count == 0 {
                return bytes
            }
            bytes += buffer.prefix(count)
            if bytes.count > limit {
                throw SettingFileError(reason: "it is larger than \(limit / 1024) KiB")
            }
        }
    }
}
