import Configuration

/// Gives settings by name, and collects what is wrong with them instead of stopping at the first.
///
/// A value that is missing or wrong is replaced by one that fits the type; whoever reads throws the result away once
/// ``problems`` is not empty. A variable that is set to nothing counts as not set, as Compose files leave them.
package struct SettingsReader {
    package private(set) var problems: [SettingsProblem] = []
    package private(set) var warnings: [String] = []
    package private(set) var report: [SettingReport] = []
    private let configuration: ConfigReader
    private let readFile: (String) throws(SettingFileError) -> SettingFile

    package init(
        environment: [String: String],
        readFile: @escaping (String) throws(SettingFileError) -> SettingFile
    ) {
        configuration = ConfigReader(
            provider: EnvironmentVariablesProvider(environmentVariables: environment)
        )
        self.readFile = readFile
    }

    /// Notes that a setting's value will not do.
    ///
    /// - Parameter what: follows the name in a sentence; without the value of a secret.
    package mutating func refuse(_ setting: Setting, _ what: String) {
        problems.append(SettingsProblem(setting, what))
    }

    /// Notes what works but should not stay as it is.
    package mutating func warn(_ text: String) {
        warnings.append(text)
    }

    /// A setting's value from the environment or its file; nil where neither is there or both are.
    package mutating func value(_ setting: Setting) -> String? {
        let own = variable(setting.name, isSecret: setting.secrecy != .open)
        let path = variable(setting.name + "_FILE", isSecret: false)
        switch (own, path) {
        case (nil, nil):
            report.append(SettingReport(name: setting.name, shown: nil, origin: .unset))
            return nil
        case (let value?, nil):
            report.append(SettingReport(name: setting.name, shown: setting.shown(value), origin: .environment))
            return value
        case (nil, let path?):
            return value(setting, from: path)
        case (.some, .some):
            refuse(setting, "and \(setting.name)_FILE are both set, and only one may be")
            return nil
        }
    }

    private mutating func value(_ setting: Setting, from path: String) -> String? {
        let shownPath = TerminalText.safe(path)
        let origin = "the file that \(setting.name)_FILE names, \(shownPath)"
        do throws(SettingFileError) {
            let file = try readFile(path)
            if file.isWorldReadable, setting.secrecy != .open {
                warn("\(setting.name)_FILE: \(shownPath) holds a secret and every user may read it; use mode 0440")
            }
            guard !file.value.isEmpty else {
                refuse(setting, "is empty in \(origin)")
                return nil
            }
            let shown = setting.shown(file.value)
            report.append(SettingReport(name: setting.name, shown: shown, origin: .file(path: shownPath)))
            return file.value
        } catch {
            refuse(setting, "cannot be read from \(origin): \(error.reason)")
            return nil
        }
    }

    /// The variable's value, nil where it is not set or set to nothing.
    private func variable(_ name: String, isSecret: Bool) -> String? {
        let key = ConfigKey(name.lowercased().split(separator: "_").map(String.init))
        let value = configuration.string(forKey: key, isSecret: isSecret)
        return value?.isEmpty == true ? nil : value
    }
}
