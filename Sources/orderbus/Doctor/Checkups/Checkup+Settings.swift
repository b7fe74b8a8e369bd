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
                return error.problems.map { problem in
                    CheckResult(
                        "setting \(problem.setting.name)",
                        .failed,
                        problem.what,
                        advice: "for example \(problem.setting.name)=\(problem.setting.example)"
                    )
                }
            }
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
