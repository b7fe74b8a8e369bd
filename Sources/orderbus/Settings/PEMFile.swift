import Glibc

/// A file in PEM that a setting names, looked at before anyone needs it.
enum PEMFile {
    /// What a file must hold at least one of.
    enum Content: String {
        case certificate = "CERTIFICATE"
        case privateKey = "PRIVATE KEY"

        fileprivate var name: String { self == .certificate ? "certificate" : "private key" }
    }

    /// A bundle of authorities is a quarter of this.
    private static let maximumBytes = 1 << 20

    /// Why a file will not do, as it follows a setting's name; nil where it holds what it must.
    static func problem(of path: String, holding content: Content) -> String? {
        let shown = TerminalText.safe(path)
        do {
            // The label may have words before it: RSA PRIVATE KEY, TRUSTED CERTIFICATE (RFC 7468 §2).
            let lines = try SettingFile.bytes(path, atMost: maximumBytes).split(separator: UInt8(ascii: "\n"))
            let end = "\(content.rawValue)-----"
            let holdsIt = lines.contains { line in
                let text = String(decoding: line, as: UTF8.self)
                return text.hasPrefix("-----BEGIN ") && text.contains(end)
            }
            return holdsIt ? nil : "names \(shown), which holds no \(content.name) in PEM"
        } catch {
            return "names \(shown), which cannot be read: \(error.reason)"
        }
    }
}

extension SettingsReader {
    /// Refuses a setting whose file will not do.
    ///
    /// - Returns: whether it will, or is not set.
    @discardableResult
    mutating func check(_ setting: Setting, _ path: String?, holds content: PEMFile.Content) -> Bool {
        guard let path, let problem = PEMFile.problem(of: path, holding: content) else { return true }
        refuse(setting, problem)
        return false
    }
}
