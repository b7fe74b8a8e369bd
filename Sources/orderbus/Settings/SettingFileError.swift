import Glibc

/// Why a setting's file could not be read.
package struct SettingFileError: Error, Equatable {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }

    /// The system's last error in its own words.
    static var system: SettingFileError {
        SettingFileError(reason: String(cString: strerror(errno)))
    }
}
