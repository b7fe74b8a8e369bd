/// A place in a JSON body: `totalAmount.currency`, `items[0].sku`, `items[*].quantity`, `metadata."source system"`.
package struct BodyPath: Sendable, Hashable {
    package enum Step: Sendable, Hashable {
        case member(String)
        case element(Int)
        case anyElement
    }

    /// At least one, at most ``stepLimit``.
    package let steps: [Step]
    package static let stepLimit = 16

    /// Reads a path; `nil` if it has not the form.
    package init?(_ text: String) {
        var reader = BodyPathReader(text)
        guard let steps = reader.steps(), (1...Self.stepLimit).contains(steps.count) else { return nil }
        self.steps = steps
    }
}

extension BodyPath: CustomStringConvertible {
    package var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .member(let name):
                if !text.isEmpty { text += "." }
                let isPlain = !name.isEmpty && name.unicodeScalars.allSatisfy(BodyPathReader.isPlain)
                text += isPlain ? name : "\"\(name)\""
            case .element(let index): text += "[\(index)]"
            case .anyElement: text += "[*]"
            }
        }
        return text
    }
}

/// Reads the written form of a path, from the left.
private struct BodyPathReader {
    private var rest: Substring.UnicodeScalarView

    init(_ text: String) {
        rest = Substring(text).unicodeScalars
        // The form in which other tools write the root.
        if rest.starts(with: "$.".unicodeScalars) { rest.removeFirst(2) }
    }

    static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) || scalar == "_"
            || scalar == "-"
    }

    mutating func steps() -> [BodyPath.Step]? {
        var steps: [BodyPath.Step] = []
        var needsMember = true
        while let scalar = rest.first {
            if scalar == "[" {
                guard let step = element() else { return nil }
                steps.append(step)
                needsMember = false
            } else if scalar == ".", !needsMember {
                rest.removeFirst()
                needsMember = true
            } else {
                guard needsMember, let name = member() else { return nil }
                steps.append(.member(name))
                needsMember = false
            }
        }
        return needsMember ? nil : steps
    }

    private mutating func member() -> String? {
        if rest.first == "\"" {
            rest.removeFirst()
            guard let end = rest.firstIndex(of: "\"") else { return nil }
            let name = String(Substring(rest[..<end]))
            rest = rest[rest.index(after: end)...]
            return name
        }
        let name = rest.prefix(while: Self.isPlain)
        rest = rest[name.endIndex...]
        return name.isEmpty ? nil : String(Substring(name))
    }

    private mutating func element() -> BodyPath.Step? {
        rest.removeFirst()
        guard let end = rest.firstIndex(of: "]") else { return nil }
        let inside = String(Substring(rest[..<end]))
        rest = rest[rest.index(after: end)...]
        if inside == "*" { return .anyElement }
        guard let index = Int(inside), (0...1_000_000).contains(index), String(index) == inside else { return nil }
        return .element(index)
    }
}
