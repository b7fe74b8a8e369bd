/// One setting as it was read, for who asks which settings are in force.
package struct SettingReport: Sendable, Equatable {
    package enum Origin: Sendable, Equatable {
        case environment
        case file(path: String)
        /// Neither: the default, or nothing.
        case unset
    }

    package let name: String
    /// The value that was given, without secrets; nil where none was.
    package let shown: String?
    package let origin: Origin
}
