/// What a caller would like and can do without (RFC 7240).
package struct Preferences: Sendable, Hashable {
    /// Take the command and answer at once.
    package let isAsynchronous: Bool
    /// How long the caller would wait for the outcome, in whole seconds, at most ``longestWait``.
    package let wait: Duration?

    private static let longestWait = 3600

    /// Reads the lines of `Prefer`; what is not understood or malformed is passed over, as the standard asks.
    package init(_ lines: [String]) {
        var isAsynchronous = false
        var wait: Duration?
        for line in lines {
            var scanner = FieldScanner(line)
            repeat {
                scanner.skipWhitespace()
                guard let (name, value) = Self.preference(&scanner) else { break }
                switch name {
                case "respond-async" where value.isEmpty: isAsynchronous = true
                case "wait" where wait == nil: wait = Self.seconds(value)
                default: break
                }
            } while scanner.skip(",")
        }
        self.isAsynchronous = isAsynchronous
        self.wait = wait
    }

    /// One preference without its parameters, the name in lower case; `nil` where there is none to be read.
    private static func preference(_ scanner: inout FieldScanner) -> (name: String, value: String)? {
        guard let first = pair(&scanner) else { return nil }
        while scanner.skip(";") {
            scanner.skipWhitespace()
            // A parameter may be empty: `wait=1; ,`.
            _ = pair(&scanner)
        }
        return first
    }

    private static func pair(_ scanner: inout FieldScanner) -> (name: String, value: String)? {
        guard let name = scanner.token()?.lowercased() else { return nil }
        scanner.skipWhitespace()
        guard scanner.skip("=") else { return (name, "") }
        scanner.skipWhitespace()
        guard let value = scanner.tokenOrQuoted() else { return nil }
        scanner.skipWhitespace()
        return (name, value)
    }

    private static func seconds(_ text: String) -> Duration? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let seconds = Int(text)
        else { return nil }
        return .seconds(min(seconds, longestWait))
    }

    /// How long to wait for an outcome, and what to say of it in `Preference-Applied`.
    ///
    /// - Parameter longest: what the server would wait at most.
    package func wait(atMost longest: Duration) -> (wait: Duration, applied: String?) {
        if isAsynchronous { return (.zero, "respond-async") }
        guard let wait, wait <= longest else { return (longest, nil) }
        return (wait, "wait=\(wait.components.seconds)")
    }
}
