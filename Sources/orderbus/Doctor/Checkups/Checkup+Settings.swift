extension Checkup {
    /// Whether the worker's settings are there and right.
    static var settings: Checkup {
        Checkup(name: "settings") {
            do throws(SettingsError) {
                let loaded = try Settings.load(from: Settings.environment, WorkerProgramSettings.init)
                let given = loaded.report.count { $0.origin != .unset }
                return [CheckResult("settings", .ok, "\(given) set, the others have their defaults")]
                    + loaded.warnings.map { CheckResult("settings", .warning, $0) }
            } catch {
                return error.problems.map(CheckResult.init)
            }
        }
    }

    /// Runs a checkup with a setting that only this command reads; where that is wrong, nobody else tells of it.
    static func reading<Part>(
        _ name: String,
        _ read: (inout SettingsReader) -> Part?,
        _ examine: @escaping @Sendable (Part) async -> [CheckResult]
    ) -> Checkup where Part: Sendable {
        do throws(SettingsError) {
            guard let part = try Settings.load(from: Settings.environment, read).value else {
                return Checkup(name: name) { [] }
            }
            return Checkup(name: name) { await examine(part) }
        } catch {
            let results = error.problems.map(CheckResult.init)
            return Checkup(name: name) { results }
        }
    }

    /// Runs a checkup that needs a part of the settings; where those are wrong, they have been told of already.
    static func with<Part>(
        _ name: String,
        _ read: (inout SettingsReader) -> Part,
        _ examine: @escaping @Sendable (Part) async -> [CheckResult]
    ) -> Checkup where Part: Sendable {
        guard let part = try? Settings.load(from: Settings.environment, read).value else {
            return Checkup(name: name) { [CheckResult(name, .skipped, "its settings are missing or wrong")] }
        }
        return Checkup(name: name) { await examine(part) }
    }
}
