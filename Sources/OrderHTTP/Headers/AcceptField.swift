/// What a caller can read: whether our JSON is among it, and in which form it wants errors.
package struct AcceptField: Sendable, Hashable {
    /// `application/json` may be sent.
    package let takesJSON: Bool
    /// Errors as `application/problem+json` (RFC 9457): where that is named, and JSON not preferred to it.
    package let wantsProblems: Bool

    package static let anything = AcceptField(takesJSON: true, wantsProblems: false)

    private init(takesJSON: Bool, wantsProblems: Bool) {
        self.takesJSON = takesJSON
        self.wantsProblems = wantsProblems
    }

    /// Reads the lines of `Accept`; parts that are malformed are passed over.
    ///
    /// A caller that names only problems takes JSON too: it asks for a form of errors, not for errors.
    package init(_ lines: [String]) {
        var json = Weight()
        var problem = Weight()
        var ranges = 0
        for line in lines {
            for part in line.split(separator: ",") {
                let pieces = part.split(separator: ";")
                guard let range = pieces.first?.trimmingBlanks.lowercased(), range.contains("/") else { continue }
                let quality = Self.quality(pieces.dropFirst())
                ranges += 1
                switch range {
                case "*/*": json.offer(quality, precision: 1)
                case "application/*": json.offer(quality, precision: 2)
                case "application/json": json.offer(quality, precision: 3)
                case "application/problem+json": problem.offer(quality, precision: 3)
                default: break
                }
            }
        }
        takesJSON = ranges == 0 || json.quality > 0 || problem.quality > 0
        wantsProblems = problem.quality > 0 && (json.precision < 3 || problem.quality >= json.quality)
    }

    /// The quality of the most precise range that names a type.
    private struct Weight {
        var precision = 0
        var quality = 0

        mutating func offer(_ quality: Int, precision: Int) {
            guard precision >= self.precision else { return }
            self.quality = precision > self.precision ? quality : max(quality, self.quality)
            self.precision = precision
        }
    }

    /// `q` in thousandths, 1000 where it is not given or malformed.
    private static func quality(_ parameters: ArraySlice<Substring>) -> Int {
        for parameter in parameters {
            let text = parameter.trimmingBlanks.lowercased()
            guard text.hasPrefix("q="), let value = Double(text.dropFirst(2)), (0...1).contains(value) else { continue }
            return Int(value * 1000)
        }
        return 1000
    }
}
