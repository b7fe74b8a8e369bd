extension TopologyDefinitions {
    /// The bytes of `topology/definitions.json` as it was when the program was built.
    package static var embeddedJSON: [UInt8] { PackageResources.definitions_json }

    /// The definitions in a file, or those built in.
    ///
    /// - Throws: ``ExplainedError`` where the file cannot be read.
    package static func load(path: String?) throws -> TopologyDefinitions {
        guard let path else {
            return try TopologyDefinitions(json: embeddedJSON, place: "built into the program")
        }
        let file: SettingFile
        do throws(SettingFileError) {
            file = try SettingFile.read(path)
        } catch {
            throw ExplainedError(
                what: "the definitions cannot be read: \(error.reason)",
                place: path,
                advice: "name another file with --definitions, or none to use those built in",
                status: .wrongUsage
            )
        }
        return try TopologyDefinitions(json: Array(file.text.utf8), place: path)
    }
}
