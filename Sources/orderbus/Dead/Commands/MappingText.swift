internal import JSON

/// A mapping as the command line takes it, and as the console reads it.
package enum MappingText {
    /// Makes the member `mapping` of the console's request: first what is renamed, then what is set, then what goes.
    ///
    /// - Parameters:
    ///   - renames: `PATH=NAME`, split at the last `=`.
    ///   - defaults: `PATH=JSON`, split at the first `=`.
    ///   - removals: paths.
    /// - Throws: an explanation of the first that has not its form.
    package static func json(renames: [String], defaults: [String], removals: [String]) throws(ExplainedError)
        -> [UInt8]
    {
        var steps: [[UInt8]] = []
        for rename in renames {
            guard let separator = rename.lastIndex(of: "="), let parts = split(rename, at: separator) else {
                throw wrong("--rename", rename, "write it as '$.customer=customerId': a path, = and the new name")
            }
            steps.append(JSONText.object([("rename", .raw(JSONText.array([parts.path, parts.rest])))]))
        }
        for setting in defaults {
            guard let separator = setting.firstIndex(of: "="), let parts = split(setting, at: separator),
                (try? JSONDocument(parsing: Array(parts.rest.utf8))) != nil
            else {
                throw wrong(
                    "--default",
                    setting,
                    "write it as '$.currency=\"EUR\"': a path, = and JSON, texts in quotes"
                )
            }
            var pair = [UInt8(ascii: "[")]
            pair.appendJSONString(parts.path)
            pair += Array(",\(parts.rest)]".utf8)
            steps.append(JSONText.object([("default", .raw(pair))]))
        }
        for path in removals {
            steps.append(JSONText.object([("remove", .text(path))]))
        }
        return [UInt8(ascii: "[")] + steps.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
    }

    private static func split(_ text: String, at separator: String.Index) -> (path: String, rest: String)? {
        let (path, rest) = (text[..<separator], text[text.index(after: separator)...])
        return path.isEmpty || rest.isEmpty ? nil : (String(path), String(rest))
    }

    private static func wrong(_ option: String, _ value: String, _ advice: String) -> ExplainedError {
        ExplainedError(
            what: "\(option) \(TerminalText.safe(value)) is no step of a mapping",
            advice: advice,
            status: .wrongUsage
        )
    }
}
