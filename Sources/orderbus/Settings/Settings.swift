/// Reads the program's settings from the environment and from the files that it names.
package enum Settings {
    /// What was read.
    package struct Loaded<Value> {
        package let value: Value
        /// What works but should not stay as it is.
        package let warnings: [String]
        /// Every setting that was asked for, secrets masked.
        package let report: [SettingReport]
    }

    /// Reads settings with a function that asks for one after the other.
    ///
    /// - Parameters:
    ///   - environment: variables by name.
    ///   - readFile: reads the file that a variable with `_FILE` at its end names.
    ///   - read: makes the value; where something is wrong its result is thrown away.
    /// - Throws: ``SettingsError`` with everything that is missing or wrong, not only the first.
    package static func load<Value>(
        from environment: [String: String],
        readFile: @escaping (String) throws(SettingFileError) -> SettingFile = SettingFile.read,
        _ read: (inout SettingsReader) -> Value
    ) throws(SettingsError) -> Loaded<Value> {
        var reader = SettingsReader(environment: environment, readFile: readFile)
        let value = read(&reader)
        guard reader.problems.isEmpty else { throw SettingsError(problems: reader.problems) }
        return Loaded(value: value, warnings: reader.warnings, report: reader.report)
    }
}
