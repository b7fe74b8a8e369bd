/// One setting that is missing or wrong.
package struct SettingsProblem: Sendable, Equatable {
    package let setting: Setting
    /// What follows the name in a sentence, for example `is not set`; never with a secret.
    package let what: String

    package init(_ setting: Setting, _ what: String) {
        self.setting = setting
        self.what = what
    }

    /// The whole sentence, with an example.
    package var text: String {
        "\(setting.name) \(what); example: \(setting.name)=\(setting.example)"
    }
}
