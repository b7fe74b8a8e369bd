package import ArgumentParser

/// How a command ended, as its exit code.
package enum ExitStatus: Int32, Sendable {
    /// Everything asked for was done.
    case done = 0
    /// Nothing, or not enough, was done.
    case failed = 1
    /// The arguments or the settings are wrong; nothing was tried.
    case wrongUsage = 2
    /// Some of it was done; the output says what was not.
    case partlyDone = 3

    /// Thrown by a command that has already said everything, it ends the program with this status.
    package var exit: ExitCode { ExitCode(rawValue) }
}
