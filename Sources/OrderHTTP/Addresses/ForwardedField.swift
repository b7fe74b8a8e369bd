/// The hops in `Forwarded` or `X-Forwarded-For`, the nearest last.
package enum ForwardedField {
    /// Hops that are looked at; a request with more has been forged or goes in circles.
    static let longest = 16

    /// Reads the `for` of each element of `Forwarded`; an element without one is hidden.
    ///
    /// - Returns: `nil` if the value does not have the form, or more than ``longest`` elements.
    /// Source: RFC 7239 §4.
    package static func forwarded(_ value: String) -> [ForwardedNode]? {
        var scanner = FieldScanner(value)
        var nodes: [ForwardedNode] = []
        repeat {
            scanner.skipWhitespace()
            // RFC 9110 §5.6.1.2: a list may have empty elements.
            if scanner.isAtEnd || scanner.isAt(",") { continue }
            guard nodes.count < longest, let node = element(&scanner) else { return nil }
            nodes.append(node)
            scanner.skipWhitespace()
        } while scanner.skip(",")
        return scanner.isAtEnd ? nodes : nil
    }

    private static func element(_ scanner: inout FieldScanner) -> ForwardedNode? {
        var node: ForwardedNode?
        repeat {
            scanner.skipWhitespace()
            guard let name = scanner.token(), scanner.skip("="), let value = scanner.tokenOrQuoted() else { return nil }
            scanner.skipWhitespace()
            guard name.lowercased() == "for" else { continue }
            guard node == nil, let read = ForwardedNode(value) else { return nil }
            node = read
        } while scanner.skip(";")
        return node ?? .hidden
    }

    /// Reads the addresses of `X-Forwarded-For`.
    ///
    /// - Returns: `nil` if the value does not have the form, or more than ``longest`` elements.
    package static func xForwardedFor(_ value: String) -> [ForwardedNode]? {
        var nodes: [ForwardedNode] = []
        for part in value.split(separator: ",") {
            let text = part.trimmingBlanks
            if text.isEmpty { continue }
            guard nodes.count < longest, let node = ForwardedNode(text) else { return nil }
            nodes.append(node)
        }
        return nodes
    }
}
