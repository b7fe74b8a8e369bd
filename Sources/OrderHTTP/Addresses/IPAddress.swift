/// An IPv4 or IPv6 address; an IPv4-mapped IPv6 address is the IPv4 address that it maps.
package struct IPAddress: Sendable, Hashable {
    /// 128 bits, IPv4 as `::ffff:0:0/96`.
    let bits: UInt128

    private static let mappedPrefix: UInt128 = 0xffff_0000_0000

    init(bits: UInt128) {
        self.bits = bits
    }

    var isIPv4: Bool { bits >> 32 == Self.mappedPrefix >> 32 }

    /// The address with all but its first bits cleared.
    ///
    /// - Parameter prefix: 0…128, counted in the 128 bits; more is taken as 128.
    func masked(to prefix: Int) -> IPAddress {
        guard prefix < 128 else { return self }
        return IPAddress(bits: prefix <= 0 ? 0 : bits & (UInt128.max << UInt128(128 - prefix)))
    }

    /// What stands for one customer of an access provider: an IPv4 address, or the /64 of an IPv6 address.
    package var subscriber: IPAddress { isIPv4 ? self : masked(to: 64) }
}

extension IPAddress {
    /// Reads an address without port, zone or brackets; `nil` if the text is none.
    ///
    /// Source: RFC 4291 §2.2; IPv4 in four decimal parts without leading zeros, as RFC 6943 §3.1.1 advises.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 45 else { return nil }
        if bytes.contains(UInt8(ascii: ":")) {
            guard let bits = Self.ipv6(bytes[...]) else { return nil }
            self.init(bits: bits)
        } else {
            guard let address = Self.ipv4(bytes[...]) else { return nil }
            self.init(bits: Self.mappedPrefix | UInt128(address))
        }
    }

    private static func ipv4(_ text: ArraySlice<UInt8>) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
            var value: UInt32 = 0
            for digit in part {
                guard (0x30...0x39).contains(digit) else { return nil }
                value = value * 10 + UInt32(digit - 0x30)
            }
            guard value <= 255 else { return nil }
            address = address << 8 | value
        }
        return address
    }

    private static func ipv6(_ text: ArraySlice<UInt8>) -> UInt128? {
        guard let gap = doubleColon(in: text) else {
            guard let groups = groups(text), groups.count == 8 else { return nil }
            return joined(groups)
        }
        let (before, after) = (text[..<gap], text[(gap + 2)...])
        guard doubleColon(in: after) == nil, let head = groups(before, mayEndInIPv4: false), let tail = groups(after),
            head.count + tail.count <= 7
        else { return nil }
        return joined(head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
    }

    private static func doubleColon(in text: ArraySlice<UInt8>) -> Int? {
        text.indices.dropLast().first { text[$0] == UInt8(ascii: ":") && text[$0 + 1] == UInt8(ascii: ":") }
    }

    /// Groups of 16 bits between single colons, of which the last two may be written as IPv4.
    private static func groups(_ text: ArraySlice<UInt8>, mayEndInIPv4: Bool = true) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if mayEndInIPv4, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let address = ipv4(part) else { return nil }
                groups.append(UInt16(truncatingIfNeeded: address >> 16))
                groups.append(UInt16(truncatingIfNeeded: address))
            } else {
                guard (1...4).contains(part.count), part.first != UInt8(ascii: "+"),
                    let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func joined(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }
}

extension IPAddress: CustomStringConvertible {
    /// Dotted IPv4, or IPv6 with all eight groups.
    package var description: String {
        if isIPv4 {
            let parts = UInt32(truncatingIfNeeded: bits)
            return "\(parts >> 24).\(parts >> 16 & 255).\(parts >> 8 & 255).\(parts & 255)"
        }
        return stride(from: 112, through: 0, by: -16)
            .map { String(UInt16(truncatingIfNeeded: bits >> UInt128($0)), radix: 16) }
            .joined(separator: ":")
    }
}
