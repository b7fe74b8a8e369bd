package import ArgumentParser

/// Runs the program's commands and turns whatever they end with into text and an exit code.
package enum CommandLineRun {
    /// Runs the command that the arguments name.
    ///
    /// - Parameter arguments: without the program's name; nil takes the process's own.
    /// - Returns: the code to exit with, after everything is printed, or it is said that it could not be.
    package static func run(
        _ root: any AsyncParsableCommand.Type,
        arguments: [String]? = nil
    ) async -> Int32 {
        let code = await end(root, arguments)
        guard let loss = StandardStream.loss else { return code }
        let ending = ending(of: loss, from: root)
        ending.stream.write(ending.text)
        return ending.code
    }

    private static func end(_ root: any AsyncParsableCommand.Type, _ arguments: [String]?) async -> Int32 {
        do {
            var command = try root.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return ExitStatus.done.rawValue
        } catch {
            let ending = ending(of: error, from: root)
            ending.stream.write(ending.text)
            return ending.code
        }
    }

    /// What a thrown error, a request for help among them, prints where, and its exit code.
    package static func ending(
        of error: any Error,
        from root: any AsyncParsableCommand.Type
    ) -> (stream: StandardStream, text: String, code: Int32) {
        if let explained = error as? any Explained {
            let explanation = explained.explanation
            let text = explanation.text(isColoured: StandardStream.error.isTerminal)
            return (.error, text, explanation.status.rawValue)
        }
        let code = root.exitCode(for: error)
        let message = root.fullMessage(for: error)
        let text = message.isEmpty ? "" : message + "\n"
        if code == .success {
            return (.output, text, ExitStatus.done.rawValue)
        }
        return (.error, text, code == .validationFailure ? ExitStatus.wrongUsage.rawValue : code.rawValue)
    }
}
